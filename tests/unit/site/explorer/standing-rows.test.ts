import { describe, expect, it } from "vitest";
import { standingRows } from "../../../../lib/site/explorer/standing-rows.ts";

describe("standingRows", () => {
  it("answer by the preferred ones, or else by all that hold", () => {
    const [preferred, plain] = [{ isPreferred: true as const }, {}];
    const fallen = [{ isDeprecated: true as const }, { isRefuted: true as const }, { isReplaced: true as const }];
    expect(standingRows([plain, preferred, ...fallen])).toEqual([preferred]);
    expect(standingRows([plain, ...fallen, plain])).toEqual([plain, plain]);
    expect(standingRows([{ isPreferred: true, isDeprecated: true }, plain])).toEqual([plain]);
    expect(standingRows(fallen)).toEqual([]);
  });
});
