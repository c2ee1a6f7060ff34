import { describe, expect, it } from "vitest";
import { fileSize } from "../../../../lib/site/page/file-size.ts";

describe("fileSize", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1.0 kB"],
    [1_550, "1.6 kB"],
    [999_940, "999.9 kB"],
    [1_000_000, "1.0 MB"],
    [2_500_000_000, "2.5 GB"],
    [5e12, "5000.0 GB"],
  ])("of %d is %s", (bytes, size) => {
    expect(fileSize(bytes)).toBe(size);
  });
});
