// What the pages of the desk and of the reception say; see texts.ts.

export const nl = {
  pageDesk: "Balie",
  pageReception: "Onthaal",
};

export const en: Record<keyof typeof nl, string> = {
  pageDesk: "Desk",
  pageReception: "Reception",
};
