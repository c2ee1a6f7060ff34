/** Invisible characters, and spaces other than the plain one. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164]|\u034f|(?! )\p{Zs}/u;

export const isInvisibleCharacter = (c: string): boolean => INVISIBLE.test(c);

/** The first invisible character of a text. */
export const findInvisibleCharacter = (text: string): string | undefined => INVISIBLE.exec(text)?.[0];
