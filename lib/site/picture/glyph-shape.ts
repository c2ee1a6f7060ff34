import { EM, WEIGHTS } from "./glyphs.generated.ts";

export type Weight = keyof typeof WEIGHTS;

/** The coverage of each pixel of a letter. */
export interface GlyphShape {
  /** Position of the first column and row, relative to the origin of the letter on its baseline; rows count downwards. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** 0 to `SHADES` per pixel. */
  shades: Uint8Array;
}

/** The darkest shade. */
export const SHADES = 7;

/** Sampled lines per row of pixels. */
const LINES = 8;
/** Line segments per curve. */
const PIECES = 6;

/** Start and end of an edge: x and y in pixels, y downwards. */
type Edge = [x0: number, y0: number, x1: number, y1: number];

function curveEdges([x, y]: [number, number], [cx, cy, ex, ey]: [number, number, number, number]): Edge[] {
  const at = (t: number): [number, number] => [
    (1 - t) * (1 - t) * x + 2 * (1 - t) * t * cx + t * t * ex,
    (1 - t) * (1 - t) * y + 2 * (1 - t) * t * cy + t * t * ey,
  ];
  return Array.from({ length: PIECES }, (_, i): Edge => [...at(i / PIECES), ...at((i + 1) / PIECES)]);
}

/** The edges of an outline at a size. Contours are closed. */
function outlineEdges(path: string, size: number): Edge[] {
  const scale = size / EM;
  const edges: Edge[] = [];
  let [from, start]: [number, number][] = [
    [0, 0],
    [0, 0],
  ];
  const close = (): void => void edges.push([...(from as [number, number]), ...(start as [number, number])]);
  let [x, y] = [0, 0];
  for (const [, command, text = ""] of path.matchAll(/([mlq])([^mlq]*)/g)) {
    const steps = text.match(/-?\d+/g)?.map(Number) ?? [];
    const points = steps.map((step, i) => (i % 2 === 0 ? (x + step) * scale : -(y + step) * scale));
    [x, y] = [x + (steps.at(-2) ?? 0), y + (steps.at(-1) ?? 0)];
    const end = points.slice(-2) as [number, number];
    if (command === "m") {
      close();
      start = end;
    } else if (command === "l") edges.push([...(from as [number, number]), ...end]);
    else edges.push(...curveEdges(from as [number, number], points as [number, number, number, number]));
    from = end;
  }
  close();
  return edges.filter(([, y0, , y1]) => y0 !== y1);
}

/** The spans of a line inside an outline, by the nonzero winding rule. */
function spansAt(edges: readonly Edge[], y: number): [from: number, to: number][] {
  const crossings = edges
    .filter(([, y0, , y1]) => (y0 <= y && y < y1) || (y1 <= y && y < y0))
    .map(([x0, y0, x1, y1]) => ({ x: x0 + ((y - y0) * (x1 - x0)) / (y1 - y0), turn: y0 < y1 ? 1 : -1 }))
    .sort((a, b) => a.x - b.x);
  const spans: [number, number][] = [];
  let winding = 0;
  for (const [i, { x, turn }] of crossings.entries()) {
    if (winding !== 0) spans.push([crossings[i - 1]?.x as number, x]);
    winding += turn;
  }
  return spans;
}

function addSpan(row: Float64Array, from: number, to: number): void {
  for (let x = Math.floor(from); x < to; x += 1) row[x] = (row[x] as number) + Math.min(to, x + 1) - Math.max(from, x);
}

function drawShape(path: string, size: number): GlyphShape {
  const edges = outlineEdges(path, size);
  const xs = edges.flatMap(([x0, , x1]) => [x0, x1]);
  const ys = edges.flatMap(([, y0, , y1]) => [y0, y1]);
  const [left, top] = edges.length === 0 ? [0, 0] : [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  const [right, bottom] = edges.length === 0 ? [0, 0] : [Math.ceil(Math.max(...xs)), Math.ceil(Math.max(...ys))];
  const [width, height] = [right - left, bottom - top];
  const shades = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = new Float64Array(width + 1);
    for (let line = 0; line < LINES; line += 1)
      for (const [from, to] of spansAt(edges, top + y + (line + 0.5) / LINES)) addSpan(row, from - left, to - left);
    for (let x = 0; x < width; x += 1) shades[y * width + x] = Math.round(Math.min(1, (row[x] as number) / LINES) * SHADES);
  }
  return { left, top, width, height, shades };
}

const drawn = new Map<string, GlyphShape>();

/** The shape of a letter at a size in pixels; undefined if the font lacks it. */
export function glyphShape(character: string, size: number, weight: Weight): GlyphShape | undefined {
  const glyph = Object.hasOwn(WEIGHTS[weight].glyphs, character) ? WEIGHTS[weight].glyphs[character] : undefined;
  if (!glyph) return undefined;
  const id = `${weight} ${size} ${character}`;
  const shape = drawn.get(id) ?? drawShape(glyph[1], size);
  drawn.set(id, shape);
  return shape;
}
