import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PRICES_AT } from "../../costs.ts";
import { ROOT } from "../../scratch.ts";

const guide = readFileSync(join(ROOT, "docs/deploy.md"), "utf8");
const chapter = (title: string): string => guide.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? "";
const rowsOf = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| |"))
    .map((line) => line.slice(2, -2).split(" | "));

describe("docs/deploy.md", () => {
  it("names tests that exist for all that is shown without an account", () => {
    const rows = rowsOf(chapter("What is tested, and what is not"));
    expect(rows.length).toBeGreaterThan(5);
    for (const [what, by = ""] of rows) {
      const tests = by.match(/tests\/[\w/.-]+/g) ?? [];
      expect([what, tests.length]).toEqual([what, expect.toSatisfy((count: number) => count > 0)]);
      expect([what, tests.filter((path) => !existsSync(join(ROOT, path)))]).toEqual([what, []]);
    }
  });

  it("says when its prices were looked up, and adds them up", () => {
    const costs = chapter("What it costs");
    expect(costs).toContain(`as of ${PRICES_AT}`);
    const [first = ""] = costs.split("<!-- end costs -->");
    const rows = rowsOf(first).map(([, ...cells]) => cells);
    const totals = rows.pop() ?? [];
    expect(totals).toHaveLength(4);
    for (const [i, total] of totals.entries()) {
      const sum = rows.reduce((sum, cells) => sum + Number(cells[i]), 0);
      expect(total).toBe(`**${Math.round(sum)}**`);
    }
  });
});
