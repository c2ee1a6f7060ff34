import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readText } from "../../../bin/read-text.ts";
import { scratch } from "../../scratch.ts";

describe("readText", () => {
  it("reads a file as text if it is UTF-8", async () => {
    const folder = await scratch();
    await writeFile(join(folder, "a"), "é");
    await writeFile(join(folder, "b"), Buffer.from([0xe9]));
    expect([await readText(join(folder, "a")), await readText(join(folder, "b"))]).toEqual(["é", undefined]);
  });
});
