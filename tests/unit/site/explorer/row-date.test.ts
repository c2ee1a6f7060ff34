import { describe, expect, it } from "vitest";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { rowDate } from "../../../../lib/site/explorer/row-date.ts";

const column = (kind: ExplorerModel["columns"][number]["kind"], name: string = kind) => ({ name, title: name, kind });
const row = (cells: string[], more: Partial<Row> = {}): Row => ({ id: "r", cells, in: [], ...more });

describe("rowDate", () => {
  const columns = [column("subject"), column("text"), column("value"), column("date")];
  const cells = ["Mali", "Joined", "2020", "15 Sep 2020"];

  it("has a date, which is that of the evidence of a status", () => {
    const model = { columns } as unknown as ExplorerModel;
    expect(rowDate(model, row(cells))).toBe("15 Sep 2020");
    expect(rowDate(model, row(cells, { tone: "done" }))).toBe("as of 15 Sep 2020");
    expect(rowDate(model, row(["Mali"], { tone: "done" }))).toBe("");
  });
});
