import { describe, expect, it } from "vitest";
import { keysNotIn } from "../../../lib/engine/keys-not-in.ts";

describe("keysNotIn", () => {
  it("returns all keys without a key table", () => {
    expect(keysNotIn(["a", "b"], undefined)).toEqual(["a", "b"]);
  });
});
