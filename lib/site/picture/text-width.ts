import type { Weight } from "./glyph-shape.ts";
import { letterPositions } from "./letter-positions.ts";

/** The width of a text in pixels. */
export const textWidth = (text: string, size: number, weight: Weight): number => letterPositions(text, size, weight).at(-1) ?? 0;
