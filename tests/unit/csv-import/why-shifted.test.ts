import { expect, it } from "vitest";
import { whyShifted } from "../../../lib/csv-import/why-shifted.ts";
import type { JsonRecord } from "../../../lib/formats/value.ts";

async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}
/** Rows, numbered in order unless a number and a colon precede: `3:x`. */
const numbered = (text: string, first: number): JsonRecord[] =>
  [...text.split(" ").entries()].map(([i, row]) => {
    const [value = "", number] = row.split(":").reverse();
    const [a = "", b] = value.split("-");
    return { id: number === undefined ? first + i : Number(number), a, ...(b === undefined ? {} : { b }) };
  });
const why = (old: string, now: string, { first = 1, names = ["a", "b"] } = {}) =>
  whyShifted(each(numbered(old, first)), each(numbered(now, first).map((record, i) => ({ record, line: i + 2 }))), "id", names);

it.each<[string, string, string, number | undefined]>([
  ["none changed", "k l m", "k l m", undefined],
  ["one was put in on top", "k l m", "x k l m", 3],
  ["one was put in above the last", "k l m", "k l x m", 5],
  ["one was taken out", "k l m", "k m", 3],
  ["one was added at the end", "k l m", "k l m x", undefined],
  ["as many moved as were corrected", "k l m n", "x k m n", 3],
  ["fewer moved than were corrected", "k l m n", "x k y n", undefined],
  ["one became equal to another that kept its number", "k l m", "k l l", undefined],
  ["one moved to the place of one of two equal ones", "k k m", "m k x", 2],
  ["only equal ones moved", "k k m n", "x k k y", undefined],
])("says that rows were numbered again if %s", async (_what, old, now, line) => {
  expect((await why(old, now))?.line).toBe(line);
});

it("reports the first row with another number, with its cells", async () => {
  expect(await why("k-1 l m-3", "x-1 k-1 l m-3")).toEqual({
    line: 3,
    message: 'the row that had the id 1, "k, 1", now has 2: the rows were numbered again',
  });
  expect((await why("k l-2 m", "k m", { first: 0 }))?.message).toBe(
    'the row that had the id 2, "m, ", now has 1: the rows were numbered again',
  );
});

it("treats one moved row with a single value as a coincidence, but not two", async () => {
  expect(await why("k l m", "m l x", { names: ["a"] })).toBeUndefined();
  expect((await why("k l m", "m l k", { names: ["a"] }))?.line).toBe(2);
});

it("compares only rows that count from 0 or 1 in order", async () => {
  expect((await why("0:k 1:l 2:m", "0:x 1:k 2:l 3:m"))?.line).toBe(3);
  for (const old of ["2:k 3:l 4:m", "1:k 3:l 4:m", "2:k 1:l 3:m"]) expect(await why(old, "x k l m")).toBeUndefined();
});
