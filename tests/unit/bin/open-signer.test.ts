import { describe, expect, it } from "vitest";
import { openSigner } from "../../../bin/open-signer.ts";

describe("openSigner", () => {
  it("does not require a key", async () => {
    expect([await openSigner(""), await openSigner()]).toEqual([{}, {}]);
  });
});
