import { describe, expect, it } from "vitest";
import { Lines } from "../../../../lib/engine/fast/lines.ts";

const text = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString("utf8");

describe("Lines", () => {
  it.each([",\n", ",", ", ", "\n,", ",\n\n", " ,\n"])("writes records that stand in the batch with %j between them", (separator) => {
    const records = ['{"a":1}', '{"a":"é,\\n"}', "{}", '{"b":[2]}'];
    const batch = Buffer.from(records.join(separator));
    const lines = new Lines();
    lines.open(batch);
    let at = 0;
    for (const record of records) {
      const end = at + Buffer.byteLength(record);
      // One of them is not canonical where it stands.
      if (record === "{}") lines.add(Buffer.from("{}unused"), 2);
      else lines.keep(at, end);
      at = end + separator.length;
    }
    expect(lines.count).toBe(4);
    expect(lines.texts()).toEqual(records);
    expect(text(lines.json())).toBe(records.join(",\n"));
    expect(text(lines.ndjson())).toBe(`${records.join("\n")}\n`);
  });

  it("forgets the records of the batch before", () => {
    const lines = new Lines();
    lines.open(Buffer.from('{"a":1}'));
    lines.keep(0, 7);
    lines.open(Buffer.from('{"b":1},\n{"c":1}'));
    lines.keep(9, 16);
    expect(text(lines.json())).toBe('{"c":1}');
    lines.open(Buffer.from(""));
    expect([lines.json(), lines.ndjson(), lines.texts()]).toEqual([[], [], []]);
  });
});
