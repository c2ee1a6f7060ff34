import { describe, expect, it } from "vitest";
import { spacedKeyValue } from "../../../lib/engine/spaced-key-value.ts";
import { plan } from "./record-plan.ts";

describe("spacedKeyValue", () => {
  it("finds values with white space around them", () => {
    expect([" a", "a ", "\ta", "a\u00a0"].map((key) => spacedKeyValue(plan, key))).toEqual([" a", "a ", "\ta", "a\u00a0"]);
    expect(["a", "a b", ""].map((key) => spacedKeyValue(plan, key))).toEqual([undefined, undefined, undefined]);
  });
});
