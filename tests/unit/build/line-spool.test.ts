import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { LineSpool } from "../../../lib/build/line-spool.ts";

describe("LineSpool", () => {
  it("reads single lines by number, and all lines", async () => {
    const spool = await LineSpool.create(memoryWorkspace(), "lines");
    for (const line of ["a\n", "bé\n", "\n", "d\n"]) await spool.add(Buffer.from(line));
    await spool.close();
    expect(await Promise.all([0, 1, 2, 3].map((i) => spool.text(i)))).toEqual(["a", "bé", "", "d"]);
    const all: string[] = [];
    for await (const line of spool.all()) all.push(line);
    expect(all).toEqual(["a", "bé", "", "d"]);
  });

  it("reads lines in any order, of any length, and those behind a line along with it", async () => {
    const workspace = memoryWorkspace();
    let reads = 0;
    const slice: typeof workspace.slice = (...range) => {
      reads += 1;
      return workspace.slice(...range);
    };
    const spool = await LineSpool.create({ ...workspace, slice }, "lines");
    const lines = Array.from({ length: 3000 }, (_, i) => `${i} ${"x".repeat(i % 700 === 5 ? 100_000 : i % 90)}`);
    for (const line of lines) await spool.add(Buffer.from(`${line}\n`));
    await spool.close();
    for (const [i, line] of lines.entries()) expect(await spool.text(i)).toBe(line);
    expect(reads).toBeLessThan(30);
    for (let i = 0; i < lines.length; i += 1) expect(await spool.text((i * 1717) % lines.length)).toBe(lines[(i * 1717) % lines.length]);
    expect(await spool.text(lines.length - 1)).toBe(lines.at(-1));
  });
});
