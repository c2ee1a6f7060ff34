import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { replaceText } from "../../../bin/replace-text.ts";
import { scratch } from "../../scratch.ts";

describe("replaceText", () => {
  it("replaces a file only if it is unchanged since it was read", async () => {
    const folder = await scratch();
    const path = join(folder, "a");
    expect(await replaceText(folder, "a", "x", "1")).toBe(false);
    expect(await replaceText(folder, "a", undefined, "1")).toBe(true);
    expect(await replaceText(folder, "a", undefined, "2")).toBe(false);
    expect(await replaceText(folder, "a", "x", "2")).toBe(false);
    expect(await readFile(path, "utf8")).toBe("1");
    expect(await replaceText(folder, "a", "1", "2")).toBe(true);
    expect(await readFile(path, "utf8")).toBe("2");
  });
});
