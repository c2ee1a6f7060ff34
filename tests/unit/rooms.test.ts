import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { ROOMS, withRoomOverrides } from "../rooms.ts";
import { ROOT } from "../scratch.ts";

describe("the rooms", () => {
  it("names every folder of lib", () => {
    expect(ROOMS.map(({ name }) => name).sort()).toEqual(readdirSync(join(ROOT, "lib")).sort());
  });

  it("lets no room import one that imports it", () => {
    const below = new Map<string, readonly string[]>();
    for (const { name, imports } of ROOMS) {
      expect(imports.filter((one) => !below.has(one))).toEqual([]);
      below.set(name, imports);
    }
  });

  it("holds the linter to the table", () => {
    const path = join(ROOT, "biome.json");
    const wanted = withRoomOverrides(readFileSync(path, "utf8"));
    const isCurrent = (): boolean => isDeepStrictEqual(JSON.parse(readFileSync(path, "utf8")), JSON.parse(wanted));
    // The formatter lays the file out in its own way: it is written only where it says something else.
    if (process.env["FACTPRESS_WRITE"] && process.env["CI"] !== "true" && !isCurrent()) writeFileSync(path, wanted);
    expect(isCurrent()).toBe(true);
  });
});
