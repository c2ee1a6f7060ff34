import { describe, expect, it } from "vitest";
import { documentLimit } from "../../../lib/contract/document-limit.ts";

describe("documentLimit", () => {
  it("is higher for changes.json", () => {
    const limit = documentLimit("rivers/releases.json");
    expect(limit).toBeGreaterThan(1_000_000);
    expect(documentLimit("rivers/1.0.0/changes.json")).toBeGreaterThan(limit);
    expect(documentLimit("rivers/1.0.0/changes.json.gz")).toBe(limit);
  });
});
