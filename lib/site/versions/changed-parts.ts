import type { Value } from "../../formats/value.ts";

const without = (list: readonly Value[], others: readonly Value[]): Value | undefined => {
  const texts = new Set(others.map((entry) => JSON.stringify(entry)));
  const own = list.filter((entry) => !texts.has(JSON.stringify(entry)));
  return own.length > 0 ? own : undefined;
};

/**
 * The differing parts of a changed value: for lists, the entries that only one of them has, or undefined if there are none; otherwise the
 * whole value.
 */
export function changedParts(old: Value | undefined, now: Value | undefined): [old?: Value, now?: Value] {
  if (!Array.isArray(old) || !Array.isArray(now)) return [old ?? null, now ?? null];
  const parts: [Value?, Value?] = [without(old, now), without(now, old)];
  // Lists that differ only in their order.
  return parts[0] === undefined && parts[1] === undefined ? [old, now] : parts;
}
