import { dayOf } from "./day-of.ts";
import type { ExplorerColumn, Histogram } from "./explorer-model.ts";

/** Maximum bars. */
const BARS = 16;

/** Values closer together or farther apart have no histogram. */
const NEAREST = 1e-250;
const FARTHEST = 1e250;

/** 1, 2, 5, 10, … from a power of ten upwards. */
function* roundSteps(exponent: number): Generator<number> {
  for (let power = exponent; power < 300; power += 1) for (const digit of [1, 2, 5]) yield Number(`${digit}e${power}`);
}

/** Rounds edges: 0.3, not 0.30000000000000004. */
const edge = (value: number): number => Number(value.toPrecision(12));

interface Scale {
  start: number;
  step: number;
  unit?: Histogram["unit"];
  /** The position of a value on the scale. */
  place(value: number): number;
}

/** Chooses the smallest round step with at most `BARS` bars from the lowest to the highest position. */
function roundScale(low: number, high: number, exponent: number): Pick<Scale, "start" | "step"> {
  for (const step of roundSteps(exponent)) {
    const near = Math.floor(low / step);
    // Division may round up to the edge above.
    const first = low < edge(near * step) ? near - 1 : near;
    if (Math.floor(high / step) - first < BARS) return { start: edge(first * step), step };
  }
  throw new Error("no step is large enough");
}

function numberScale(min: number, max: number, isWhole: boolean): Scale {
  const exponent = Math.floor(Math.log10((max - min) / BARS)) - 1;
  return { ...roundScale(min, max, isWhole ? Math.max(0, exponent) : exponent), place: (value) => value };
}

/** A scale of whole days, months or years. */
function dateScale(min: number, max: number): Scale {
  const yearOf = (value: number): number => dayOf(value).year;
  const monthOf = (value: number): number => dayOf(value).year * 12 + dayOf(value).month - 1;
  if (yearOf(max) - yearOf(min) >= 4) return { ...roundScale(yearOf(min), yearOf(max), 0), unit: "year", place: yearOf };
  if (monthOf(max) - monthOf(min) >= 2) {
    const step = [1, 3, 6].find((months) => Math.floor(monthOf(max) / months) - Math.floor(monthOf(min) / months) < BARS) ?? 12;
    return { start: Math.floor(monthOf(min) / step) * step, step, unit: "month", place: monthOf };
  }
  const first = Math.floor(min);
  return { start: first, step: Math.ceil((Math.floor(max) - first + 1) / BARS), unit: "day", place: Math.floor };
}

/** Counts the values in bars of a round width; undefined if all are equal, or one is not finite. */
export function makeHistogram(texts: readonly string[], values: readonly number[], kind: ExplorerColumn["kind"]): Histogram | undefined {
  let [low, high] = [0, 0];
  for (const [i, value] of values.entries()) {
    if (value < (values[low] as number)) low = i;
    if (value > (values[high] as number)) high = i;
  }
  const [min, max] = [values[low] as number, values[high] as number];
  if (!values.every(Number.isFinite) || max - min < NEAREST || max - min > FARTHEST) return undefined;
  const scale = kind === "date" ? dateScale(min, max) : numberScale(min, max, values.every(Number.isInteger));
  const { start, step, unit } = scale;
  // The first day of a span counts.
  const [lowest = "", highest = ""] = [low, high].map((i) => texts[i]?.split(" – ")[0]);
  return {
    ...{ min: lowest, max: highest, start, step },
    ...(unit ? { unit } : {}),
    counts: countBars(values, scale),
  };
}

function countBars(values: readonly number[], { start, step, place }: Scale): number[] {
  const counts: number[] = [];
  for (const value of values) {
    const at = place(value);
    let bar = Math.floor((at - start) / step);
    // Division may round across an edge.
    if (at < edge(start + bar * step)) bar -= 1;
    else if (at >= edge(start + (bar + 1) * step)) bar += 1;
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return Array.from(counts, (count = 0) => count);
}

/** The range of a bar, as in the address of the page. */
export function histogramBarRange({ start, step, unit }: Histogram, bar: number): string {
  const [from, below] = [edge(start + bar * step), edge(start + (bar + 1) * step)];
  const month = (at: number): string => `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
  switch (unit) {
    case "year":
      return `${String(from).padStart(4, "0")}..${String(below - 1).padStart(4, "0")}`;
    case "month":
      return `${month(from)}..${month(below - 1)}`;
    case "day":
      return `${dayOf(from).text}..${dayOf(below - 1).text}`;
    default:
      return `${from}..<${below}`;
  }
}
