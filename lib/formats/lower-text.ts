const isInside = (byte: number | undefined): boolean => ((byte ?? 0) & 0xc0) === 0x80;

/** The longest prefix of whole characters that fits. */
function shorten(text: Buffer, maxBytes: number): Buffer {
  let end = maxBytes;
  while (isInside(text[end])) end -= 1;
  return text.subarray(0, end);
}

/** The smallest text that is greater than every text with this prefix; undefined if there is none. */
function nextText(text: Buffer): Buffer | undefined {
  const characters = [...text.toString("utf8")].map((character) => character.codePointAt(0) as number);
  while (characters.at(-1) === 0x10ffff) characters.pop();
  const last = characters.pop();
  if (last === undefined) return undefined;
  return Buffer.from(String.fromCodePoint(...characters, last === 0xd7ff ? 0xe000 : last + 1));
}

/** A lower bound of a text (UTF-8), of at most `maxBytes`. */
export const lowerText = (text: Buffer, maxBytes: number): Buffer => (text.length <= maxBytes ? text : shorten(text, maxBytes));

/** An upper bound of a text, of about `maxBytes`; the text itself if there is no shorter one. */
export const upperText = (text: Buffer, maxBytes: number): Buffer =>
  text.length <= maxBytes ? text : (nextText(shorten(text, maxBytes)) ?? text);
