import { describe, expect, it } from "vitest";
import { keysWithPages } from "../../../lib/render/keys-with-pages.ts";

describe("keysWithPages", () => {
  it("returns keys that can be folder names, up to a maximum", () => {
    expect([...keysWithPages(["a", "A", "b:c", "b-c", "", "x".repeat(300), "d"], 10)]).toEqual(["a", "b:c", "d"]);
    expect([...keysWithPages(["a", "b", "c"], 2)]).toEqual(["a", "b"]);
    expect([...keysWithPages(["a"], 0)]).toEqual([]);
  });
});
