/** A string literal of Python and R. */
export const codeString = (text: string): string => JSON.stringify(text);
