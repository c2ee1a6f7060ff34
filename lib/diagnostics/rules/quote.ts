import { MAX_SHOWN, truncate } from "./truncate.ts";

/** A value as JSON, truncated. */
export const quote = (value: unknown): string => {
  // Truncated first, to keep JSON.stringify cheap.
  const short = typeof value === "string" ? value.slice(0, MAX_SHOWN) : value;
  return truncate(JSON.stringify(short) ?? "nothing");
};
