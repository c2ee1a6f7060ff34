import { describe, expect, it } from "vitest";
import { type Given, pagesOf } from "../pages-of.ts";
import { table, text } from "../table-schema.ts";

/** Two values of one property, each of another party. */
const given = (more: object = {}): Given => ({
  dataset: { name: "d", title: "D", description: "D.", licenses: [{ name: "CC0-1.0" }] },
  schema: {
    properties: {
      statements: table({
        subject: { ...text, role: "subject", references: "lands" },
        property: { ...text, role: "property" },
        value: { ...text, role: "value", format: "edtf" },
        party: { ...text, title: "Party", role: "qualifier", references: "lands" },
        list: { ...text, title: "List", role: "qualifier", display: "list {}" },
        conflict: { ...text, role: "conflict" },
      }),
      lands: table({ label: { ...text, role: "label" } }),
    },
  },
  tables: {
    statements: [
      { id: "s1", subject: "ab", property: "Embassy opened on", value: "1992-08", party: "a", ...more },
      { id: "s2", subject: "ab", property: "Embassy opened on", value: "1996-05", party: "b", list: "one" },
      { id: "s3", subject: "ab", property: "Embassy opened on", value: "1992-08", ...more },
    ],
    lands: ["a", "b", "ab"].map((id) => ({ id, label: `Land ${id.toUpperCase()}` })),
  },
});

describe("qualifiers of a statement", () => {
  it("follow its value in rows, answers and cards", async () => {
    const { page, subjects, cards } = await pagesOf(given());
    expect(page.main?.whole.rows.map(({ cells }) => cells[2])).toEqual(["Aug 1992 (Land A)", "May 1996 (Land B; list one)", "Aug 1992"]);
    expect(subjects.get("ab")).toContain("Embassy opened on: Aug 1992 (Land A); May 1996 (Land B; list one); Aug 1992.");
    expect(cards.get("/d/statements/s1/")).toContain("Embassy opened on Aug 1992 (Land A).");
  });

  it("do not make equal values contradict each other", async () => {
    const { page } = await pagesOf(given({ conflict: "c", value: "unknown" }));
    expect(page.main?.whole.conflicts).toBe(0);
  });
});
