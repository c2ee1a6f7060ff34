import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyAnchor } from "../../../lib/contract/key-anchor.ts";
import { recordAnchor } from "../../../lib/contract/record-anchor.ts";
import { recordKey, recordKeyValues } from "../../../lib/contract/record-key.ts";

const SINGLE = { primaryKey: ["id"] };
const PAIR = { primaryKey: ["river", "gauge"] };

describe("recordKey", () => {
  it("is the value of a single column", () => {
    expect(recordKey(SINGLE, { id: "a/b", gauge: 1 })).toBe("a/b");
    expect(recordKey(SINGLE, { id: 7 })).toBe("7");
  });

  it("is a JSON list of several values, in the order of the primary key", () => {
    expect(recordKey(PAIR, { gauge: 1, river: "rhine", other: 2 })).toBe('["rhine",1]');
    expect(recordKey(PAIR, { river: "rhine" })).toBe('["rhine",null]');
  });
});

describe("recordKeyValues", () => {
  it("returns the values that the key was built from", () => {
    expect(recordKeyValues(SINGLE, '["x"]')).toEqual(['["x"]']);
    expect(recordKeyValues(PAIR, recordKey(PAIR, { river: 'a"/b', gauge: 2 }))).toEqual(['a"/b', 2]);
  });

  it.each(["rhine", "[1", "[1]", "[1,2,3]", "{}", "null"])("returns undefined for a key of another primary key: %s", (key) => {
    expect(recordKeyValues(PAIR, key)).toBeUndefined();
    expect(keyAnchor(PAIR, key)).toBe(key);
  });
});

describe("keyAnchor", () => {
  it("keeps a single key exactly", () => {
    for (const key of ["oman", "a/b", "~1", '["a","b"]', "ä ö"]) expect(keyAnchor(SINGLE, key)).toBe(key);
  });

  it("joins several values with a slash", () => {
    expect(recordAnchor(PAIR, { river: "rhine", gauge: 1 })).toBe("rhine/1");
  });

  it("distinguishes keys whose values contain separators", () => {
    const pairs = ["a/b", "a", "b/c", "c", "~1", "/", "~", "~0"];
    const keys = pairs.flatMap((river) => pairs.map((gauge) => ({ river, gauge })));
    expect(new Set(keys.map((record) => recordAnchor(PAIR, record))).size).toBe(keys.length);
    expect(recordAnchor(PAIR, { river: "a/b", gauge: "~c" })).toBe("a~1b/~0c");
  });

  it("is injective", () => {
    const part = fc.string({ unit: fc.constantFrom("a", "/", "~", "0", "1", '"', ",", "[") });
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const [one, two] = [
          { river: a, gauge: b },
          { river: c, gauge: d },
        ];
        expect(recordAnchor(PAIR, one) === recordAnchor(PAIR, two)).toBe(a === c && b === d);
        expect(recordKey(PAIR, one) === recordKey(PAIR, two)).toBe(a === c && b === d);
      }),
      { examples: [["a/b", "c", "a", "b/c"]] },
    );
  });
});
