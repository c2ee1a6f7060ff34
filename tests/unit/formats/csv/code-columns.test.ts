import { expect, it } from "vitest";
import { undecidedCodeColumns } from "../../../../lib/formats/csv/code-columns.ts";
import type { ReadColumn } from "../../../../lib/formats/format.ts";

it("names up to three columns in which empty texts and missing values look alike", () => {
  const column = (name: string, emptyText?: "always" | "maybe"): ReadColumn => ({
    ...{ header: name, name, type: "string", isList: false },
    ...(emptyText === undefined ? {} : { emptyText }),
  });
  const columns = [column("id", "always"), column("note"), ...["a", "b", "c", "d"].map((name) => column(name, "maybe"))];
  const noteOf = (count: number) => undecidedCodeColumns({ layout: 1, columns: columns.slice(0, count) });
  const end = ", an empty text and no value are both missing here; the JSON tells them apart.";
  expect([noteOf(2), noteOf(3), noteOf(6)]).toEqual([[], [`# In "a"${end}`], [`# In "a", "b", "c" and 1 more${end}`]]);
});
