/** How the page uses a column. */
export const ROLES = [
  "label",
  "subject",
  "property",
  "value",
  "qualifier",
  "time",
  "status",
  "certainty",
  "rank",
  "source",
  "locator",
  "conflict",
  "reason",
  "note",
  "replacedBy",
  "publisher",
] as const;
export type Role = (typeof ROLES)[number];
