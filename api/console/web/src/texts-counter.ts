// What the pages of the counter and of the agenda say; see texts.ts.

export const nl = {
  pageCounter: "Loket",
  pageAgenda: "Agenda",
};

export const en: Record<keyof typeof nl, string> = {
  pageCounter: "Counter",
  pageAgenda: "Agenda",
};
