import { describe, expect, it } from "vitest";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { subjectRanker } from "../../../../lib/site/explorer/subject-ranker.ts";

const column = (kind: ExplorerModel["columns"][number]["kind"], name: string = kind) => ({ name, title: name, kind });
const row = (cells: string[], more: Partial<Row> = {}): Row => ({ id: "r", cells, in: [], ...more });

describe("subjectRanker", () => {
  it("rank rows by their subject", () => {
    const rank = (search: string, ...cells: string[]): number =>
      subjectRanker({ columns: [column("text"), column("subject")] }, search)(row(cells));
    expect(rank("mali", "x", "Mali")).toBe(0);
    expect(rank("mali join", "x", "Mali")).toBe(0);
    expect(rank("mali", "x", "Mali and Chad")).toBe(1);
    expect(rank("mali join", "x", "Mali and Chad")).toBe(2);
    expect(rank("mali", "Mali", "Chad")).toBe(3);
    expect(subjectRanker({ columns: [column("text")] }, "mali")(row(["Mali"]))).toBe(0);
    const ranker = subjectRanker({ columns: [column("subject")] }, "mali");
    expect([ranker(row(["Mali"])), ranker(row(["Chad"])), ranker(row(["Mali"]))]).toEqual([0, 3, 0]);
  });
});
