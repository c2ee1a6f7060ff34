/** Control characters except tab and line break, and direction characters, which make text look like something else. */
const FORBIDDEN = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

/** The first forbidden character of a text. */
export const findForbiddenCharacter = (text: string): string | undefined => FORBIDDEN.exec(text)?.[0];

/** A quick test whether JSON may contain such a character, also as an escape. */
export const mayHaveForbiddenCharacter = (json: string): boolean => /[\u202a-\u202e\u2066-\u2069]|\\(?:[bf]|u00[01]|u20[26])/i.test(json);
