import { describe, expect, it } from "vitest";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { spokenName } from "../../../../lib/site/explorer/spoken-name.ts";

const column = (kind: ExplorerModel["columns"][number]["kind"], name: string = kind) => ({ name, title: name, kind });
const row = (cells: string[], more: Partial<Row> = {}): Row => ({ id: "r", cells, in: [], ...more });

describe("spokenName", () => {
  const columns = [column("subject"), column("text"), column("value"), column("date")];
  const cells = ["Mali", "Joined", "2020", "15 Sep 2020"];

  it("is named by what a statement says, or else by its first two cells or its key", () => {
    expect(spokenName({ columns }, row(cells))).toBe("Mali, Joined, 2020");
    expect(spokenName({ columns }, row(["", "Joined", "", "15 Sep 2020"]))).toBe("Joined");
    const plain = { columns: [column("text"), column("date"), column("number"), column("link")] };
    expect(spokenName(plain, row(["", "a", "b", "c"]))).toBe("a, b");
    expect(spokenName(plain, row(["", ""]))).toBe("r");
  });
});
