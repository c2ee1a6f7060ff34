import { describe, expect, it } from "vitest";
import { planArchive } from "../../../../lib/adapters/github/plan-archive.ts";

const MIB = 1024 * 1024;
const filesOf = (count: number, size: number) => Array.from({ length: count }, (_, i) => ({ sha: `${i}`, size }));

describe("planArchive", () => {
  it.each([
    ["1,900 small files: 19 queries", filesOf(1_900, 2_000), false],
    ["1,901 small files: 20 queries", filesOf(1_901, 2_000), true],
    ["19 MiB of middling files", filesOf(152, MIB / 8), false],
    ["20 MiB of middling files", filesOf(160, MIB / 8), true],
    ["19 large files", filesOf(19, 2 * MIB), false],
    ["20 large files", filesOf(20, 2 * MIB), true],
    ["more than is kept", filesOf(401, MIB), false],
    ["nothing", [], false],
  ])("%s", (_name, files, expected) => {
    expect(planArchive(files) !== undefined).toBe(expected);
  });

  it("bounds what an archive may hold of other files by the requests that it saves", () => {
    const files = filesOf(160, MIB / 8);
    expect(planArchive(files)).toEqual({ bytes: 20 * MIB + 20 * 4 * MIB, entries: 160 + 20 * 400, seconds: 10 });
    expect(planArchive(filesOf(400, MIB))?.seconds).toBe(60);
  });
});
