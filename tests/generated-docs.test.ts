import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BLOCKS, withBlock } from "./generated-docs.ts";
import { ROOT } from "./scratch.ts";

describe("documents that restate code", () => {
  it.each(BLOCKS)("$file describes $name as the code does", async (block) => {
    const path = join(ROOT, block.file);
    const wanted = await withBlock(block);
    if (process.env["FACTPRESS_WRITE"] && process.env["CI"] !== "true") writeFileSync(path, wanted);
    expect(readFileSync(path, "utf8")).toBe(wanted);
  });
});
