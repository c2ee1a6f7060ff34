import { WEIGHTS } from "./glyphs.generated.ts";

/** Prepares a text for the font, on one line; undefined if the font lacks some of its letters. */
export function writableText(text: string): string | undefined {
  const plain = text.normalize("NFC").replace(/\s+/g, " ").trim();
  return [...plain].every((letter) => Object.hasOwn(WEIGHTS[400].glyphs, letter)) ? plain : undefined;
}
