import { describe, expect, it } from "vitest";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { rowAddress, rowAddresses, subjectAddress } from "../../../../lib/site/explorer/row-addresses.ts";

const row = (cells: string[], more: Partial<Row> = {}): Row => ({ id: "r", cells, in: [], ...more });

describe("the address of a row", () => {
  const value = (name: string, more: object = {}) => ({ value: name, label: name, count: 1, ...more });
  const facets = [
    { name: "k", title: "K", kind: "select", values: [] },
    { name: "s", title: "S", kind: "select", role: "subject", values: [value("mali"), value("chad", { isWithoutPage: true })] },
  ] as ExplorerModel["facets"];
  const model = { table: "facts", facets, subjects: "/d/parties/" } as ExplorerModel;
  const at = (position: number, id = "r"): Row => ({ ...row([]), id, in: [-1, position] });

  it("is on the page of its subject, if it has one", () => {
    expect(subjectAddress(model, at(0))).toBe("/d/parties/mali/");
    expect([subjectAddress(model, at(1)), subjectAddress(model, at(-1)), subjectAddress({ facets }, at(0))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(subjectAddress({ facets: [], subjects: "/x/" }, at(0))).toBeUndefined();
    expect(rowAddress(model, at(0))).toMatch(/^\/d\/parties\/mali\/.*r$/);
    expect(rowAddress(model, at(1))).not.toContain("/d/parties/");
  });

  it("is found by the id of the row", () => {
    const addressOf = rowAddresses({ ...model, rows: [at(0, "a"), at(1, "b")] });
    expect([addressOf("a"), addressOf("b"), addressOf("z")]).toEqual([
      rowAddress(model, at(0, "a")),
      rowAddress(model, at(1, "b")),
      rowAddress({ ...model, facets: [] }, at(0, "z")),
    ]);
  });
});
