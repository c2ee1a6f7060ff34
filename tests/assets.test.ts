import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { assetsModule } from "../lib/browser/assets-module.ts";
import { ROOT } from "./scratch.ts";

it("what pages load is what lib/browser gives (npm run assets)", async () => {
  expect(await readFile(join(ROOT, "lib/site/assets.generated.ts"), "utf8")).toBe(await assetsModule());
});
