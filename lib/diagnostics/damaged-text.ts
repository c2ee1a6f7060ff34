/** Text that is not what somebody wrote, since it was decoded or stored wrongly on its way. */
export interface Damage {
  /** Where it starts, in UTF-16 code units. */
  at: number;
  /** What stands there. */
  found: string;
  /** What was probably meant; undefined where nobody can tell. */
  suggestion?: string;
  /** It can never be right; otherwise it only looks wrong. */
  isCertain: boolean;
}

/** Windows-1252, bytes 0x80 to 0x9F; a space stands for none. */
const WINDOWS_1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
const BYTES = new Map([...WINDOWS_1252].flatMap((c, i) => (c === " " ? [] : [[c, 0x80 + i] as const])));

const byteOf = (c: string): number => BYTES.get(c) ?? (c.codePointAt(0) as number);

/** A character that a byte from 0x80 to 0xBF becomes: any but the first of a character in UTF-8. */
const NEXT = `[\\u0080-\\u00bf${[...BYTES.keys()].join("")}]`;
/** Characters in UTF-8, each of whose bytes became a character of its own. */
const SEQUENCES = new RegExp(`(?:[\\u00c2-\\u00df]${NEXT}|[\\u00e0-\\u00ef]${NEXT}{2}|[\\u00f0-\\u00f4]${NEXT}{3})+`, "gu");

/** The text that was written, where UTF-8 was read as Windows-1252; undefined where the characters are no UTF-8. */
function decodedAgain(run: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(run, byteOf));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Few texts hold these in a row by intention: Â or Ã before a sign, â before €, ‚ or „. Of others there must be two characters. */
const TELLING = /^(?:[ÂÃ]|â[€‚„\u0080\u0082\u0084])/u;

/** The first place where UTF-8 was probably read as Windows-1252 or Latin-1, such as `Ã©` for `é`. */
function findMojibake(text: string): Damage | undefined {
  for (const { 0: found, index } of text.matchAll(SEQUENCES)) {
    const suggestion = decodedAgain(found);
    if (suggestion !== undefined && (TELLING.test(found) || [...suggestion].length > 1))
      return { at: index, found, suggestion, isCertain: false };
  }
  return undefined;
}

/** What can never be right in a text: C1 controls, DEL, the replacement character, a carriage return without its line feed. */
const IMPOSSIBLE = /[\u007f-\u009f\ufffd]|\r(?!\n)/u;

const intendedCharacter = (c: string): string | undefined => {
  if (c === "\r") return "\n";
  const suggestion = WINDOWS_1252[c.charCodeAt(0) - 0x80];
  return suggestion === " " ? undefined : suggestion;
};

/** The first damage in a text, what is certain before what only looks wrong. */
export function findDamage(text: string): Damage | undefined {
  if (/^[\n -~]*$/.test(text)) return undefined;
  const impossible = IMPOSSIBLE.exec(text);
  const mojibake = findMojibake(text);
  if (!impossible) return mojibake;
  // A C1 control within mojibake is a part of it.
  if (mojibake && mojibake.at <= impossible.index && impossible.index < mojibake.at + mojibake.found.length)
    return { ...mojibake, isCertain: true };
  const [found] = impossible;
  const suggestion = intendedCharacter(found);
  return { at: impossible.index, found, ...(suggestion === undefined ? {} : { suggestion }), isCertain: true };
}

/** Whether JSON may hold damaged text, as it is or written with escapes: a quick answer for most of it. */
export const mayBeDamaged = (json: string): boolean => QUICK.test(json);
const QUICK = new RegExp(`[\\u007f-\\u009f\\ufffd]|\\\\r(?!\\\\n)|\\\\u(?:00[7-9a-f]|fffd|000d)|[\\u00c2-\\u00f4]${NEXT}`, "i");
