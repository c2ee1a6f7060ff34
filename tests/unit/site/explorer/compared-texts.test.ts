import { describe, expect, it } from "vitest";
import { comparedTexts } from "../../../../lib/site/explorer/compared-texts.ts";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";

const column = (kind: ExplorerModel["columns"][number]["kind"], name: string = kind) => ({ name, title: name, kind });
const row = (cells: string[], more: Partial<Row> = {}): Row => ({ id: "r", cells, in: [], ...more });

describe("comparedTexts", () => {
  const columns = [column("subject"), column("text"), column("value"), column("date")];
  const cells = ["Mali", "Joined", "2020", "15 Sep 2020"];

  it("is compared by its cell, and as a statement by the first day of its value too", () => {
    const days = ["2020-09-15", "2020-09-20"] as [string, string];
    expect(comparedTexts(columns, 3, row(cells, { days }))).toEqual(["15 Sep 2020", "15 Sep 2020"]);
    expect(comparedTexts(columns, 3, row(["", "", "", ""], { days }))).toEqual(["15 Sep 2020"]);
    expect(comparedTexts(columns, 2, row(cells, { days }))).toEqual(["2020"]);
    expect(comparedTexts([column("date")], 0, row(["2020"], { days }))).toEqual(["2020"]);
    expect(comparedTexts(columns, 9, row(cells))).toEqual([]);
  });
});
