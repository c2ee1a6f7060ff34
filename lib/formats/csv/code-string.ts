/** A text as Python and R write it. */
export const codeString = (text: string): string => JSON.stringify(text);
