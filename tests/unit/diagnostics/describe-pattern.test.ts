import { describe, expect, it } from "vitest";
import { describePattern } from "../../../lib/diagnostics/describe-pattern.ts";

describe("describePattern", () => {
  it.each([
    ["^[A-Z]{2}-[0-9]{1,3}$", '2 capital letters, then "-", then 1 to 3 digits'],
    ["^\\d+$", "one or more digits"],
    ["^\\d$", "1 digit"],
    ["^[a-z]*$", "any number of small letters"],
    ["^[a-z]?$", "at most one small letter"],
    ["^[a-z0-9]{3,}$", "3 or more small letters or digits"],
    ["^[A-Za-z0-9_-]{4}$", "4 small letters, capital letters, digits, _ or -"],
    ["^Q[0-9]+$", '"Q", then one or more digits'],
    ["^AB\\.$", '"AB."'],
    ["^[xy]$", "1 x or y"],
    ["^[x]$", "1 x"],
    ["^\\d{4}-\\d{2}$", '4 digits, then "-", then 2 digits'],
  ])("%s is: %s", (pattern, described) => {
    expect(describePattern(pattern)).toBe(described);
  });

  it.each(["", "^$", "abc", "^abc", "abc$", "^a+$", "^(a|b)$", "^[^a]$", "^[b-d]$", "^.$", "^\\w$", "^a{2}$"])(
    "leaves %j alone",
    (pattern) => {
      expect(describePattern(pattern)).toBeUndefined();
    },
  );
});
