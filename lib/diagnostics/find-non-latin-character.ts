/** The first letter of another alphabet in a Latin text, usually a look-alike. */
export const findNonLatinCharacter = (text: string): string | undefined =>
  /\p{Script=Latin}/u.test(text) ? /(?!\p{Script=Latin})\p{L}/u.exec(text)?.[0] : undefined;
