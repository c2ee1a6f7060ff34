import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { assetsModules, SHORTENED } from "../lib/browser/assets-modules.ts";
import { ROOT } from "./scratch.ts";

it("pages load what lib/browser builds (npm run assets)", async () => {
  for (const [path, text] of Object.entries(await assetsModules()))
    expect(await readFile(join(ROOT, "lib", path), "utf8"), path).toBe(text);
});

const keysIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(keysIn)
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)])
      : [];

it("scripts shorten no name of the data that they read", async () => {
  const recorded = join(ROOT, "tests/unit/site/pages");
  const pages = await Promise.all((await readdir(recorded)).map((name) => readFile(join(recorded, name), "utf8")));
  const models = pages.flatMap((html) => [...html.matchAll(/<script type="application\/json" id="[\w-]+">(.*?)<\/script>/gs)]);
  const schemas = ["changes", "releases"].map((name) => readFile(join(ROOT, `lib/release/${name}.schema.json`), "utf8"));
  const texts = [...models.map(([, text]) => text as string), ...(await Promise.all(schemas))];
  const keys = new Set(texts.flatMap((text) => keysIn(JSON.parse(text))));
  expect([models.length > 10, keys.has("facets"), keys.has("withdrawn")]).toEqual([true, true, true]);
  expect(SHORTENED.filter((name) => keys.has(name))).toEqual([]);
});
