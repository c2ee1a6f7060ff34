import { describe, expect, it } from "vitest";
import { checkRecordOrder } from "../../../lib/build/check-record-order.ts";
import type { TableChanges } from "../../../lib/release/changes-file.ts";

const check = (order: NonNullable<TableChanges["order"]>) => () =>
  checkRecordOrder("items", { counts: {}, added: [{ id: "x" }, { id: "y" }], order }, 5);

describe("checkRecordOrder", () => {
  it.each<[NonNullable<TableChanges["order"]>]>([
    [[]],
    [[[0, 5], 2]],
    [[[3, 2], 1, [0, 3], 1]],
    [
      [
        [4, 1],
        [4, 0],
        [0, 4],
      ],
    ],
  ])("accepts %j", (order) => {
    expect(check(order)).not.toThrow();
  });

  it.each<[NonNullable<TableChanges["order"]>, string]>([
    [
      [
        [0, 1],
        [0, 1],
      ],
      "names record 1 twice",
    ],
    [
      [
        [2, 3],
        [0, 3],
      ],
      "names record 3 twice",
    ],
    [
      [
        [0, 5],
        [3, 1],
      ],
      "names record 4 twice",
    ],
    [[[0, 6]], "names record 6 of 5"],
    [[[9, 0]], "names record 9 of 5"],
    [[[0, 5], 2, 1], "names 3 added records, but there are 2"],
  ])("refuses %j", (order, what) => {
    expect(check(order)).toThrow(`These changes are damaged: the order of items ${what}.`);
  });
});
