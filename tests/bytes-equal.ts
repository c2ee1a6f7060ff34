import { expect } from "vitest";

/**
 * Compares bytes in one call. Vitest's own comparison visits every index by name: a store of 1 MB takes it almost a second.
 * Undefined, for vitest to decide, unless both are bytes of one class, which `toStrictEqual` distinguishes.
 */
export function bytesEqual(a: unknown, b: unknown): boolean | undefined {
  if (!(a instanceof Uint8Array && b instanceof Uint8Array)) return undefined;
  return Object.getPrototypeOf(a) === Object.getPrototypeOf(b) ? Buffer.compare(a, b) === 0 : undefined;
}

// Runs before each test file. Many files share a process, for which once is enough.
const ADDED = Symbol.for("factpress.bytesEqual");
const known = globalThis as { [ADDED]?: true };
if (!known[ADDED]) {
  known[ADDED] = true;
  expect.addEqualityTesters([bytesEqual]);
}
