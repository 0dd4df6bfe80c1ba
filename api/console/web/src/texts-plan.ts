// What the pages of planning, keys and colleagues say; see texts.ts.

export const nl = {
  pagePlanning: "Planning",
  pageClosures: "Sluitingen",
  pageStranded: "Te verwittigen",
  pageKeys: "Sleutels",
  pageColleagues: "Collega’s",
};

export const en: Record<keyof typeof nl, string> = {
  pagePlanning: "Planning",
  pageClosures: "Closures",
  pageStranded: "To be rung",
  pageKeys: "Keys",
  pageColleagues: "Colleagues",
};
