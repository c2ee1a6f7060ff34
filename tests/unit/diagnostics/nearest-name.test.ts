import { describe, expect, it } from "vitest";
import { nearestName } from "../../../lib/diagnostics/nearest-name.ts";

describe("nearestName", () => {
  const allowed = ["confirmed", "reported", "expected"];
  it.each<[string, readonly string[], string | undefined]>([
    ["confimed", allowed, "confirmed"],
    ["Confirmed ", allowed, "confirmed"],
    ["conf", allowed, "confirmed"],
    ["con", allowed, "confirmed"],
    ["co", allowed, undefined],
    ["zzz", allowed, undefined],
    ["", allowed, undefined],
    ["a", [], undefined],
    ["form", ["format", "formula"], "format"],
    ["foo", ["format", "formula"], undefined],
    ["on", ["no"], "no"],
    ["ab", ["xy"], undefined],
    ["ac", ["ab"], "ab"],
    ["x", ["y"], undefined],
    ["abcdef", ["abcxyz"], undefined],
    ["abcdef", ["abcdxy"], "abcdxy"],
    ["ISR", ["IL", "ISL"], "ISL"],
    // A kind that all share makes no key similar.
    ["country:ISR", ["country:ID", "country:FR"], undefined],
    ["country:ISR", ["country:ISL", "country:FR"], "country:ISL"],
    ["country:IL", ["country:ID", "country:FR"], undefined],
    ["country:LI", ["country:IL"], "country:IL"],
    // Of equal ones, the one that starts alike.
    ["grax", ["brax", "gray"], "gray"],
    ["a".repeat(100), ["a".repeat(99)], undefined],
    ["a".repeat(99), ["a".repeat(98)], "a".repeat(98)],
  ])("of %j among %j is %s", (found, names, nearest) => {
    expect(nearestName(found, names)).toBe(nearest);
  });
});
