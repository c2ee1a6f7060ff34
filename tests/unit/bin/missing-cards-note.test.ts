import { expect, it } from "vitest";
import { missingCardsNote } from "../../../bin/commands/missing-cards-note.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text = { type: "string" };
const subject = { ...text, role: "subject" };

function noteOf(
  count: number,
  columns: Record<string, object> = { about: { ...subject, references: "lands" }, value: { ...text, role: "value" } },
) {
  const table = { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: text, ...columns } } };
  const schema = { type: "object", properties: { facts: table, lands: { ...table, items: { type: "object", properties: { id: text } } } } };
  const plans = ["facts", "lands"].map((name) => planTable(name, schema as never));
  return missingCardsNote({ dataset: { plans }, records: new Map([["facts", count]]) });
}

it.each<[what: string, count: number, note: string | undefined]>([
  ["is missing while all statements have cards", 300, undefined],
  ["counts the statements beyond the first", 301, "no card for 1 of 301 facts: the first 300 in the order of the answer have one"],
  [
    "counts all up to the limit of the explorer",
    25_000,
    "no card for 24,700 of 25,000 facts: the first 300 in the order of the answer have one",
  ],
  ["names that limit beyond it", 25_001, "no card for any of 25,001 facts: the maximum is 25,000"],
])("the note of check %s", (_, count, note) => {
  expect(noteOf(count)).toBe(note);
});

it("the note of check is missing for tables without cards: without statements, or about subjects without names", () => {
  expect(noteOf(1_000, { value: text })).toBeUndefined();
  expect(noteOf(1_000, { about: subject, value: { ...text, role: "value" } })).toBeUndefined();
});
