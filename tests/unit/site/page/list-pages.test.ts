import { describe, expect, it } from "vitest";
import { countColumns } from "../../../../lib/site/page/count-columns.ts";
import { listPages } from "../../../../lib/site/page/list-pages.ts";
import { plan } from "./facts-plan.ts";

describe("listPages", () => {
  const wide = { plan: { columns: Array.from({ length: 500 }, () => ({})) } };
  const page = (more: object = {}) =>
    ({ name: "d", version: "1.0.0", isNewest: true, tables: [wide], main: { sourcePages: "/d/sources/" }, ...more }) as never;

  it("are of the newest release: all sources, and many columns", () => {
    expect(countColumns(page())).toBe(500);
    expect(listPages(page())).toEqual({ sources: "/d/sources/", columns: "/d/columns/" });
    expect(listPages(page({ tables: [{ plan }], main: {} }))).toEqual({});
    expect([listPages(page({ isNewest: false })), listPages(page({ version: null }))]).toEqual([{}, {}]);
    expect(listPages(page({ main: { sourcePages: "/d/columns/" } }))).toEqual({ sources: "/d/columns/" });
  });
});
