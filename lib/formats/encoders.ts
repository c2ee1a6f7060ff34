import type { PackagedEncoder } from "./format.ts";
import { FORMATS } from "./formats.ts";

/** Encoders that belong to no format. */
const OTHERS: readonly PackagedEncoder[] = [
  { name: "cell-counts", load: () => import("./cell-counts-encoder.ts") },
  { name: "sql-rows", load: () => import("./sql-rows-encoder.ts") },
];

const ofFormats = FORMATS.flatMap((format) => (format.scope !== "archive" && "load" in format.encoder ? [format.encoder] : []));

/** The encoders of this package by name. */
export const ENCODERS: ReadonlyMap<string, PackagedEncoder> = new Map([...ofFormats, ...OTHERS].map((encoder) => [encoder.name, encoder]));
