import { describe, expect, it } from "vitest";
import { Lines } from "../../../../lib/engine/fast/lines.ts";
import { PartMemory } from "../../../../lib/engine/part-memory.ts";
import { Kernel } from "../../../../lib/kernel/kernel.ts";

const text = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString("utf8");

describe("Lines", () => {
  it.each([",\n", ",", ", ", "\n,", ",\n\n", " ,\n"])("writes records that stand in the batch with %j between them", (separator) => {
    const records = ['{"a":1}', '{"a":"é,\\n"}', "{}", '{"b":[2]}'];
    const kernel = new Kernel();
    const lines = new Lines(kernel);
    let at = kernel.put(Buffer.from(records.join(separator)));
    const passing = kernel.put(Buffer.from("{}unused"));
    for (const record of records) {
      const end = at + Buffer.byteLength(record);
      // One of them is not canonical where it stands.
      if (record === "{}") {
        lines.keep(passing, passing + 2, true);
        kernel.bytes.write("[]", passing);
      } else if (record === '{"b":[2]}') lines.add(Buffer.from(record));
      else lines.keep(at, end, false);
      at = end + separator.length;
    }
    expect(lines.count).toBe(4);
    expect(lines.texts()).toEqual(records);
    expect(text(lines.json(new PartMemory()))).toBe(records.join(",\n"));
    expect(text(lines.ndjson(new PartMemory()))).toBe(`${records.join("\n")}\n`);
  });

  it("forgets the records of the batch before", () => {
    const kernel = new Kernel();
    const lines = new Lines(kernel);
    const at = kernel.put(Buffer.from('{"b":1},\n{"c":1}'));
    lines.keep(at, at + 7, false);
    lines.clear();
    lines.keep(at + 9, at + 16, false);
    expect(text(lines.json(new PartMemory()))).toBe('{"c":1}');
    lines.clear();
    expect([lines.json(new PartMemory()), lines.ndjson(new PartMemory()), lines.texts()]).toEqual([[], [], []]);
  });
});
