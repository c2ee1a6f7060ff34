import { Holds } from "./tape.ts";

const code = (character: string): number => character.charCodeAt(0);
const BACKSLASH = code("\\");
const QUOTE = code('"');
const SPACE = code(" ");

/** What a byte within quotes means, if it is none of a set of `Holds`. All of these are greater. 0: a plain character. */
export const ESCAPE = 32;
export const END_OF_TEXT = 64;
const NOT_IN_TEXT = 128;

/** The meaning of each byte within quotes. */
export const IN_TEXT = new Uint8Array(256);
IN_TEXT.fill(NOT_IN_TEXT, 0, SPACE);
IN_TEXT.fill(Holds.unusual, 0x7f);
IN_TEXT[QUOTE] = END_OF_TEXT;
IN_TEXT[BACKSLASH] = ESCAPE;
IN_TEXT[code(",")] = Holds.quotable;
IN_TEXT[code(";")] = Holds.semicolon;

/**
 * What a string holds that has one of these letters after a `\`; 0 for others, which need more than a look: what `\b` and `\f` stand
 * for is hidden, and JavaScript writes the others in another way.
 */
export const ESCAPES = new Uint8Array(256);
ESCAPES[BACKSLASH] = Holds.backslash;
ESCAPES[code("t")] = Holds.backslash;
ESCAPES[code("n")] = Holds.backslash | Holds.quotable;
ESCAPES[QUOTE] = Holds.backslash | Holds.quotable;
ESCAPES[code("r")] = Holds.backslash | Holds.quotable | Holds.unusual;
