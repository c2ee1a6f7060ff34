import { expect, it } from "vitest";
import { shapeLines } from "../../../../lib/site/versions/shape-lines.ts";
import type { VersionsModel } from "../../../../lib/site/versions/versions-model.ts";

it("changes of columns are named by titles, new ones first, a line for each kind and table, before those of files", () => {
  const model = { tables: { facts: { title: "Facts", fields: { kind: { title: "Kind" } } } } } as unknown as VersionsModel;
  const shape = [
    "facts.csv is described otherwise",
    "facts.csv: column kind is new",
    "facts.csv: column certainty is described otherwise",
    "facts.csv: column constructor is new",
    "facts_list.csv: column to is gone",
    "facts.csv: column kind is a number now",
  ];
  expect(shapeLines(shape, model)).toEqual([
    "Facts, new: Kind, constructor",
    "facts_list, removed: to",
    "Facts, description changed: certainty",
    "facts.csv: its description changed",
    "facts.csv: column kind is a number now",
  ]);
});
