import { describe, expect, it } from "vitest";
import { withoutKnown } from "../../../lib/engine/without-known.ts";

describe("keys", () => {
  it("are all unknown without a table of keys", () => {
    expect(withoutKnown(["a", "b"], undefined)).toEqual(["a", "b"]);
  });
});
