import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { costs } from "./costs.ts";
import { BLOCKS, withBlock } from "./generated-docs.ts";
import { ROOT } from "./scratch.ts";

describe("documents that restate code", () => {
  it.each(BLOCKS)("$file describes $name as the code does", async (block) => {
    const path = join(ROOT, block.file);
    const wanted = await withBlock(block);
    if (process.env["FACTPRESS_WRITE"] && process.env["CI"] !== "true") writeFileSync(path, wanted);
    expect(readFileSync(path, "utf8")).toBe(wanted);
  });

  it("README.md states the monthly costs of docs/deploy.md", () => {
    const [, dollars] = /\*\*together\*\* \| \*\*(\d+)\*\*/.exec(costs()) ?? [];
    const readme = readFileSync(join(ROOT, "README.md"), "utf8").replaceAll(/\s+/g, " ");
    expect(readme).toContain(`It costs about ${dollars} dollars a month at ten releases and 10 GB of downloads.`);
  });
});
