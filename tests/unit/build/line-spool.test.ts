import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { LineSpool } from "../../../lib/build/line-spool.ts";

describe("LineSpool", () => {
  it("reads lines by their number, and all of them", async () => {
    const spool = await LineSpool.create(memoryWorkspace(), "lines");
    for (const line of ["a\n", "bé\n", "\n", "d\n"]) await spool.add(Buffer.from(line));
    await spool.close();
    expect(await Promise.all([0, 1, 2, 3].map((i) => spool.text(i)))).toEqual(["a", "bé", "", "d"]);
    const all: string[] = [];
    for await (const line of spool.all()) all.push(line);
    expect(all).toEqual(["a", "bé", "", "d"]);
  });
});
