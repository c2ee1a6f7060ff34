import { describe, expect, it } from "vitest";
import { cellOf } from "../../../../lib/site/explorer/cell-of.ts";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";

const column = (kind: ExplorerModel["columns"][number]["kind"], name: string = kind) => ({ name, title: name, kind });
const row = (cells: string[], more: Partial<Row> = {}): Row => ({ id: "r", cells, in: [], ...more });

describe("cellOf", () => {
  const columns = [column("subject"), column("text"), column("value"), column("date")];
  const cells = ["Mali", "Joined", "2020", "15 Sep 2020"];

  it("has the cell of a kind of column", () => {
    expect([cellOf({ columns }, row(cells), "value"), cellOf({ columns }, row(cells), "rank")]).toEqual(["2020", ""]);
  });
});
