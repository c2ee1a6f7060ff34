/** GitHub refuses longer titles of issues, and addresses of more than 8 kB. */
const MAX_CHARACTERS = 250;

/** The title of a report, truncated, for an address. */
export const reportTitle = (text: string): string =>
  text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS - 1).replace(/[\ud800-\udbff]$/, "")}…`;
