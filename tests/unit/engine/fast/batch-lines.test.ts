import { describe, expect, it } from "vitest";
import { BatchLines } from "../../../../lib/engine/fast/batch-lines.ts";
import { PartMemory } from "../../../../lib/engine/part-memory.ts";
import { Kernel } from "../../../../lib/kernel/kernel.ts";

const text = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString("utf8");
const RECORDS = ['{"a":1}', '{"a":"é,\\n"}', "{}", '{"b":[2]}'];

describe("BatchLines", () => {
  it.each([",\n", ",", ", ", "\n,", ",\n\n", " ,\n", "", ";\n"])(
    "writes records that are in the batch with %j between them",
    (separator) => {
      const kernel = new Kernel();
      const lines = new BatchLines(kernel);
      let at = kernel.put(Buffer.from(RECORDS.join(separator)));
      for (const record of RECORDS) {
        lines.add(at, at + Buffer.byteLength(record));
        at += Buffer.byteLength(record) + separator.length;
      }
      expect(lines.count).toBe(4);
      expect(lines.texts()).toEqual(RECORDS);
      expect(text(lines.json(new PartMemory()))).toBe(RECORDS.join(",\n"));
      expect(text(lines.ndjson(new PartMemory()))).toBe(`${RECORDS.join("\n")}\n`);
    },
  );

  it.each([0, 1, 2, 3])("writes records of which number %i is elsewhere", (elsewhere) => {
    const kernel = new Kernel();
    const lines = new BatchLines(kernel);
    const start = kernel.put(Buffer.from(RECORDS.join(",\n")));
    let at = start;
    for (const [i, record] of RECORDS.entries()) {
      const other = i === elsewhere ? kernel.put(Buffer.from("[5]")) : undefined;
      if (other !== undefined) lines.add(other, other + 3);
      else lines.add(at, at + Buffer.byteLength(record));
      at += Buffer.byteLength(record) + 2;
    }
    const expected = RECORDS.with(elsewhere, "[5]");
    expect(text(lines.json(new PartMemory()))).toBe(expected.join(",\n"));
    expect(text(lines.ndjson(new PartMemory()))).toBe(`${expected.join("\n")}\n`);
  });

  it("forgets the records of the previous batch", () => {
    const kernel = new Kernel();
    const lines = new BatchLines(kernel);
    const at = kernel.put(Buffer.from('{"b":1},\n{"c":1}'));
    lines.add(at, at + 7);
    lines.clear();
    lines.add(at + 9, at + 16);
    expect(text(lines.json(new PartMemory()))).toBe('{"c":1}');
    lines.clear();
    expect([lines.json(new PartMemory()), lines.ndjson(new PartMemory()), lines.texts()]).toEqual([[], [], []]);
  });
});
