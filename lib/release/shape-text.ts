/**
 * Rewords, for people, a sentence of changes.json about columns, files or descriptions. The published wording is kept, because releases never
 * change.
 */
export const shapeText = (sentence: string): string =>
  sentence
    .replace(/^schema\.json asks something else of records$/, "the rules for records in schema.json changed")
    .replace(/^(.+) is described otherwise$/, "$1: its description changed")
    .replace(/^(\S+) is another$/, "$1 of the dataset changed")
    .replace(/^(the text of the licence) is another$/, "$1 changed");
