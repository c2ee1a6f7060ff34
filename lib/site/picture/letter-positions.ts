import type { Weight } from "./glyph-shape.ts";
import { EM, WEIGHTS } from "./glyphs.generated.ts";

/** The x position of each letter, and the width of the text, in pixels. Letters that the font lacks have no width. */
export function letterPositions(text: string, size: number, weight: Weight): number[] {
  const { glyphs, kerning } = WEIGHTS[weight];
  let at = 0;
  let before = "";
  const positions = [...text].map((letter) => {
    at += kerning[before + letter] ?? 0;
    const position = at;
    at += glyphs[letter]?.[0] ?? 0;
    before = letter;
    return position;
  });
  return [...positions, at].map((units) => (units * size) / EM);
}
