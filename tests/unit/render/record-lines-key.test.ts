import { describe, expect, it } from "vitest";
import { isRecordLinesKey, recordLinesKey } from "../../../lib/render/record-lines-key.ts";

describe("recordLinesKey", () => {
  it("is recognized", () => {
    expect(recordLinesKey("d", "1.0.0")).toBe("pages/d/explorer/1.0.0.lines.json");
    expect(isRecordLinesKey("pages/d/explorer/1.0.0.lines.json")).toBe(true);
    const others = [
      "x/pages/d/explorer/1.0.0.lines.json",
      "pages/d/e/explorer/1.0.0.lines.json",
      "pages/d/explorer/x.lines.json",
      "pages/d/explorer/1.0.0.lines.json.gz",
      "pages/d/explorer/.lines.json",
      "pages/d/explorer/1.0.0xlines.json",
    ];
    expect(others.filter(isRecordLinesKey)).toEqual([]);
  });
});
