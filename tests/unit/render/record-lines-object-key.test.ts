import { describe, expect, it } from "vitest";
import { isRecordLinesObjectKey, recordLinesObjectKey } from "../../../lib/render/record-lines-object-key.ts";

describe("recordLinesObjectKey", () => {
  it("is recognized", () => {
    expect(recordLinesObjectKey("d", "1.0.0")).toBe("pages/d/explorer/1.0.0.lines.json");
    expect(isRecordLinesObjectKey("pages/d/explorer/1.0.0.lines.json")).toBe(true);
    const others = [
      "x/pages/d/explorer/1.0.0.lines.json",
      "pages/d/e/explorer/1.0.0.lines.json",
      "pages/d/explorer/x.lines.json",
      "pages/d/explorer/1.0.0.lines.json.gz",
      "pages/d/explorer/.lines.json",
      "pages/d/explorer/1.0.0xlines.json",
    ];
    expect(others.filter(isRecordLinesObjectKey)).toEqual([]);
  });
});
