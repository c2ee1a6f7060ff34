/** A double represents every number of 15 digits exactly. */
export const isShortNumber = (text: string): boolean => text.length <= 15 && !/e/i.test(text);
