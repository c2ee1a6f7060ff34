import { WEIGHTS } from "./glyphs.generated.ts";

/** A text as the font can write it, on one line; undefined where it has letters that the font lacks. */
export function writableText(text: string): string | undefined {
  const plain = text.normalize("NFC").replace(/\s+/g, " ").trim();
  return [...plain].every((letter) => Object.hasOwn(WEIGHTS[400].glyphs, letter)) ? plain : undefined;
}
