import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { assetsModules } from "../lib/browser/assets-modules.ts";
import { ROOT } from "./scratch.ts";

it("pages load what lib/browser builds (npm run assets)", async () => {
  for (const [path, text] of Object.entries(await assetsModules()))
    expect(await readFile(join(ROOT, "lib", path), "utf8"), path).toBe(text);
});
