import { describe, expect, it } from "vitest";
import { sourceExcess } from "../../../lib/adapters/source-excess.ts";

describe("sourceExcess", () => {
  const limits = { files: 2, totalBytes: 10, fileBytes: 8, depth: 1 } as Parameters<typeof sourceExcess>[1];
  const excess = (...files: [path: string, bytes: number][]): string | undefined =>
    sourceExcess(
      files.map(([path, bytes]) => ({ path, bytes })),
      limits,
    );

  it("is undefined up to each limit", () => {
    expect(excess()).toBeUndefined();
    expect(excess(["a/b", 8], ["c", 2])).toBeUndefined();
  });

  it("names the limit that is exceeded", () => {
    expect(excess(["a", 1], ["b", 1], ["c", 1])).toBe("3 files (maximum 2)");
    expect(excess(["a", 8], ["b", 3])).toBe("11 bytes (maximum 10)");
    expect(excess(["a", 9])).toBe("a has 9 bytes (maximum 8)");
    expect(excess(["a", 1], ["a/b/c", 1])).toBe("a/b/c is nested deeper than 1 folder");
  });
});
