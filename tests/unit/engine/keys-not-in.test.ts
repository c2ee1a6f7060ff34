import { describe, expect, it } from "vitest";
import { keysNotIn } from "../../../lib/engine/keys-not-in.ts";

describe("keysNotIn", () => {
  it("are all unknown without a table of keys", () => {
    expect(keysNotIn(["a", "b"], undefined)).toEqual(["a", "b"]);
  });
});
