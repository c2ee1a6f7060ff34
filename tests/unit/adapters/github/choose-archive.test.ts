import { describe, expect, it } from "vitest";
import { chooseArchive } from "../../../../lib/adapters/github/choose-archive.ts";

const MIB = 1024 * 1024;
const filesOf = (count: number, size: number) => Array.from({ length: count }, (_, i) => ({ sha: `${i}`, size }));

describe("chooseArchive", () => {
  it.each([
    ["1,900 small files: 19 queries", filesOf(1_900, 2_000), false],
    ["1,901 small files: 20 queries", filesOf(1_901, 2_000), true],
    ["19 MiB of middling files", filesOf(152, MIB / 8), false],
    ["20 MiB of middling files", filesOf(160, MIB / 8), true],
    ["19 large files", filesOf(19, 2 * MIB), false],
    ["20 large files", filesOf(20, 2 * MIB), true],
    ["more than is kept", filesOf(401, MIB), false],
    ["nothing", [], false],
    ["3,000 paths of one file", Array.from({ length: 3_000 }, () => ({ sha: "a", size: 60 })), false],
    ["25 paths of one large file", Array.from({ length: 25 }, () => ({ sha: "a", size: 600_000 })), false],
    ["20 large files, each twice", [...filesOf(20, 2 * MIB), ...filesOf(20, 2 * MIB)], true],
  ])("%s", (_name, files, expected) => {
    expect(chooseArchive(files) !== undefined).toBe(expected);
  });

  it("bounds what an archive may hold of other files by the requests that it saves", () => {
    const files = filesOf(160, MIB / 8);
    const bounds = { bytes: 20 * MIB + 20 * 4 * MIB, entries: 160 + 20 * 400, seconds: 10 };
    expect(chooseArchive(files)).toEqual({ ...bounds, requests: 20, keptBytes: 20 * MIB });
    // Equal files are in the archive twice, and kept once.
    const twice = { bytes: 40 * MIB + 20 * 4 * MIB, entries: 320 + 20 * 400, seconds: 10 };
    expect(chooseArchive([...files, ...files])).toEqual({ ...twice, requests: 20, keptBytes: 20 * MIB });
    expect(chooseArchive(filesOf(400, MIB))?.seconds).toBe(60);
  });
});
