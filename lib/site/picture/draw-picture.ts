import { encodePng } from "./encode-png.ts";
import { glyphShape, SHADES, type Weight } from "./glyph-shape.ts";
import { letterPositions } from "./letter-positions.ts";
import { PICTURE_SIZE, type PictureText, type PictureTone } from "./picture-text.ts";
import { type TextBox, wrapText } from "./wrap-text.ts";

const WIDTH = PICTURE_SIZE.width;
const HEIGHT = PICTURE_SIZE.height;
const BAR = 24;
const LEFT = 88;
const BOTTOM = 566;
const TEXT_WIDTH = WIDTH - LEFT - 72;

/** Colours of the pages (lib/browser/style.css), in their light theme. */
const [INK, MUTED, PAGE] = ["#14202b", "#465564", "#ffffff"];
const TONES: Record<PictureTone, string> = {
  done: "#2b62ef",
  partial: "#603989",
  announced: "#905b21",
  intended: "#905b21",
  possible: "#526277",
  context: "#5d6a75",
  deprecated: "#882837",
};

/** Index of the first shade of each ink, of the bar, and of the page. */
const FIRST = { ink: 0, muted: SHADES };
const BAR_INDEX = 2 * SHADES + 1;

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** A mix of two colours: a share of 0 is the first, 1 the second. */
function mixed(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  return `#${a
    .map((channel, i) =>
      Math.round(channel + ((b[i] as number) - channel) * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

const shadesOf = (ink: string): string[] => Array.from({ length: SHADES }, (_, i) => mixed(PAGE, ink, (i + 1) / SHADES));

interface PlacedText extends TextBox {
  ink: keyof typeof FIRST;
  /** Distance in pixels from the top to the first baseline, and between lines. */
  baseline: number;
  leading: number;
}

function writeLine(
  pixels: Uint8Array,
  text: string,
  { size, weight, ink }: { size: number; weight: Weight; ink: keyof typeof FIRST },
  baseline: number,
): void {
  const positions = letterPositions(text, size, weight);
  for (const [i, letter] of [...text].entries()) {
    const shape = glyphShape(letter, size, weight);
    if (!shape) continue;
    const left = LEFT + Math.round(positions[i] as number) + shape.left;
    const { shades, width, top } = shape;
    for (let at = 0; at < shades.length; at += 1) {
      const shade = shades[at] as number;
      if (shade === 0) continue;
      const pixel = (baseline + top + Math.floor(at / width)) * WIDTH + left + (at % width);
      pixels[pixel] = Math.max(pixels[pixel] as number, FIRST[ink] + shade);
    }
  }
}

/** Writes a text; returns the baseline of the next line. */
function writeText(pixels: Uint8Array, text: string, written: PlacedText): number {
  const lines = wrapText(text, written);
  for (const [i, line] of lines.entries()) writeLine(pixels, line, written, written.baseline + i * written.leading);
  return written.baseline + lines.length * written.leading;
}

/** One line if the heading fits, else two lines in smaller letters. */
function headingStyle(heading: string): Pick<PlacedText, "size" | "leading" | "lines"> {
  const fits = wrapText(heading, { size: 76, weight: 600, width: TEXT_WIDTH, lines: 2 }).length === 1;
  return fits ? { size: 76, leading: 88, lines: 1 } : { size: 56, leading: 66, lines: 2 };
}

/** The first sentences that fit, before an ellipsis if there are more: a sentence is cut only if it fills the picture alone. */
function fittingText(sentences: readonly string[], box: TextBox): string {
  const text = sentences.join(" ");
  if (wrapText(text, { ...box, lines: box.lines + 1 }).length <= box.lines) return text;
  for (let most = sentences.length - 1; most > 0; most -= 1) {
    const first = `${sentences.slice(0, most).join(" ")} …`;
    if (wrapText(first, { ...box, lines: box.lines + 1 }).length <= box.lines) return first;
  }
  return text;
}

/** Draws a picture as PNG, 1200 by 630 pixels: the same bytes on every machine. */
export function drawPicture({ dataset, heading, sentences, note, tone }: PictureText): Uint8Array {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1) pixels.fill(BAR_INDEX, y * WIDTH, y * WIDTH + BAR);
  const box = { weight: 400 as Weight, width: TEXT_WIDTH, lines: 1, ink: "muted" as const };
  writeText(pixels, dataset, { ...box, size: 32, weight: 600, baseline: 104, leading: 40 });
  const style = headingStyle(heading);
  const next = writeText(pixels, heading, { ...box, ...style, weight: 600, ink: "ink", baseline: 124 + style.leading });
  const answered = { ...box, size: 42, leading: 56, baseline: next + 8, ink: "ink" as const };
  const lines = Math.floor((BOTTOM - 56 - answered.baseline) / answered.leading) + 1;
  writeText(pixels, fittingText(sentences, { ...answered, lines }), { ...answered, lines });
  writeText(pixels, note, { ...box, size: 32, baseline: BOTTOM, leading: 40 });
  const palette = [PAGE, ...shadesOf(INK), ...shadesOf(MUTED), tone ? TONES[tone] : INK];
  return encodePng(WIDTH, HEIGHT, palette, pixels);
}
