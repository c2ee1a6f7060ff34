import type { CreateEncoder } from "./format.ts";

/** The encoders of this package by name. They are loaded when they are used: a check needs fewer than a build. */
export const ENCODERS: Readonly<Record<string, () => Promise<{ createEncoder: CreateEncoder }>>> = {
  csv: () => import("./csv/encoder.ts"),
  json: () => import("./json/encoder.ts"),
  ndjson: () => import("./ndjson/encoder.ts"),
  "sql-rows": () => import("./sql-rows-encoder.ts"),
};
