/** Generates lib/site/picture/glyphs.generated.ts: the outlines of letters in pictures, from the font of the pages. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Blob, Face, Feature, Font, Buffer as Shaped, shape } from "harfbuzzjs";
import subsetFont from "subset-font";

const { resolve } = createRequire(import.meta.url);
const range = (from: number, to: number): string => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const LETTERS = range(0x20, 0x7e);
/** Latin letters of Europe and Vietnam, and the signs of texts. */
const CHARACTERS = `${LETTERS}${range(0xa1, 0xac)}${range(0xae, 0x17e)}ƠơƯưȘșȚț${range(0x1e80, 0x1e85)}${range(0x1ea0, 0x1ef9)}–—‘’‚“”„†•…‹›€™`;
const SCRIPTS = ["latin", "latin-ext", "vietnamese"];
/** Units of an em in the outlines. */
const EM = 1_000;

/** An outline in relative steps: `m`, `l` and `q` as in SVG, in whole units. */
function relativePath(path: string, scale: number): string {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([MLQ])([^MLQZ]*)/g)]
    .map(([, command = "", text = ""]) => {
      const numbers = text.split(/[ ,]/).map((number) => Math.round(Number(number) * scale));
      const steps = numbers.map((number, i) => number - (i % 2 === 0 ? x : y));
      [x = 0, y = 0] = numbers.slice(-2);
      return command.toLowerCase() + steps.map((step, i) => (i > 0 && step >= 0 ? ` ${step}` : step)).join("");
    })
    .join("");
}

async function fontOf(script: string, weight: number): Promise<Font> {
  const file = resolve(`@fontsource-variable/public-sans/files/public-sans-${script}-wght-normal.woff2`);
  const font = await subsetFont(await readFile(file), CHARACTERS, { targetFormat: "sfnt", variationAxes: { wght: weight } });
  return new Font(new Face(new Blob(font)));
}

/** The width of a text in font units. */
function widthOf(font: Font, text: string): number {
  const buffer = new Shaped();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  shape(font, buffer, [Feature.fromString("liga=0") as Feature]);
  return buffer.getGlyphInfosAndPositions().reduce((sum, { xAdvance }) => sum + (xAdvance ?? 0), 0);
}

/** Second letter after the first → kerning between them. */
function kerningOf(font: Font, scale: number): Record<string, number> {
  const widths = new Map([...LETTERS].map((letter) => [letter, widthOf(font, letter)]));
  const kerning: Record<string, number> = {};
  for (const [a, wide] of widths)
    for (const [b, other] of widths) {
      const step = Math.round((widthOf(font, a + b) - wide - other) * scale);
      if (step !== 0) kerning[a + b] = step;
    }
  return kerning;
}

async function glyphsOf(
  weight: number,
): Promise<{ glyphs: Record<string, [advance: number, path: string]>; kerning: Record<string, number> }> {
  const glyphs: Record<string, [number, string]> = {};
  let kerning: Record<string, number> = {};
  for (const script of SCRIPTS) {
    const font = await fontOf(script, weight);
    const scale = EM / font.face.upem;
    if (script === "latin") kerning = kerningOf(font, scale);
    for (const character of CHARACTERS) {
      const glyph = font.nominalGlyph(character.codePointAt(0) ?? 0);
      if (glyph === undefined || character in glyphs) continue;
      glyphs[character] = [Math.round(font.glyphHAdvance(glyph) * scale), relativePath(font.glyphToPath(glyph), scale)];
    }
  }
  return { glyphs, kerning };
}

/** The text of the generated module. */
export async function glyphsModule(): Promise<string> {
  const weights = [];
  for (const weight of [400, 600]) {
    const { glyphs, kerning } = await glyphsOf(weight);
    weights.push(`  ${weight}: { glyphs: ${JSON.stringify(glyphs)}, kerning: ${JSON.stringify(kerning)} },`);
  }
  return [
    "/** Written by `npm run assets` from lib/browser; not to be edited. Outlines of Public Sans, SIL Open Font License 1.1. */",
    `export const EM = ${EM};`,
    "export const WEIGHTS: Record<400 | 600, { glyphs: Record<string, [advance: number, path: string]>; kerning: Record<string, number> }> = {",
    ...weights,
    "};",
    "",
  ].join("\n");
}
