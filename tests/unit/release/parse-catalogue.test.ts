import { describe, expect, it } from "vitest";
import { type Catalogue, catalogueText } from "../../../lib/release/catalogue.ts";
import { CatalogueError } from "../../../lib/release/catalogue-error.ts";
import { parseCatalogue } from "../../../lib/release/parse-catalogue.ts";

const entry = (version: string): Catalogue["releases"][number] => ({
  version,
  date: "2024-01-01T00:00:00Z",
  commit: "a".repeat(40),
  level: "patch",
  manifest: "b".repeat(64),
});
const event = (version: string) => ({ version, reason: "wrong", commit: null, date: null });
const catalogue = (): Catalogue => ({
  dataset: "rivers",
  releases: [entry("1.0.1"), { ...entry("1.0.0"), level: "first" }],
  withdrawn: [event("1.0.0")],
  removed: [event("1.0.1")],
});
const bytes = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
const refusal = (value: Uint8Array, dataset?: string): string => {
  try {
    parseCatalogue(value, dataset);
  } catch (error) {
    expect(error).toBeInstanceOf(CatalogueError);
    return (error as Error).message;
  }
  return "accepted";
};

describe("parseCatalogue", () => {
  it("reads what catalogueText writes", () => {
    expect(parseCatalogue(Buffer.from(catalogueText(catalogue())))).toEqual(catalogue());
    expect(parseCatalogue(bytes(catalogue()), "rivers")).toEqual(catalogue());
  });

  it.each([
    ["a version that is a path", { releases: [entry("../../OUTSIDE")], withdrawn: [], removed: [] }, /line 5: .*OUTSIDE/],
    ["a version with a leading zero", { releases: [entry("1.0.01")], withdrawn: [], removed: [] }, /line 5/],
    ["a manifest hash that is too short", { releases: [{ ...entry("1.0.0"), manifest: "b" }], withdrawn: [], removed: [] }, /line 9/],
    ["a commit that is a branch", { releases: [{ ...entry("1.0.0"), commit: "main" }], withdrawn: [], removed: [] }, /line 7/],
    ["an unknown property", { extra: 1 }, /line \d+: .*extra/],
    ["a release that is listed twice", { releases: [entry("1.0.0"), entry("1.0.0")], withdrawn: [], removed: [] }, /lists 1\.0\.0 twice/],
    [
      "a withdrawal of a release that it does not list",
      { withdrawn: [event("9.9.9")] },
      /withdraws or removes 9\.9\.9, which it does not list/,
    ],
    ["a removal of a release that it does not list", { removed: [event("9.9.9")] }, /withdraws or removes 9\.9\.9/],
    ["a name that is a path", { dataset: "../rivers" }, /line 2/],
  ])("fails when it contains %s", (_what, changed, message) => {
    expect(refusal(bytes({ ...catalogue(), ...changed }))).toMatch(message);
  });

  it("fails when the bytes are not JSON, not an object, or formatted differently", () => {
    expect(refusal(Buffer.from("{"))).toMatch(/^releases\.json is damaged: line 1: .*backup or a mirror\.$/);
    expect(refusal(Buffer.from("{"), "rivers")).toMatch(/^rivers\/releases\.json is damaged: line 1: /);
    expect(refusal(Buffer.from("null\n"))).toMatch(/is damaged/);
    expect(refusal(Buffer.from([0xff, 0xfe]))).toMatch(/is damaged/);
    expect(refusal(Buffer.from(JSON.stringify(catalogue())))).toMatch(/it was not written by factpress/);
    const twice = bytes(catalogue()).toString().replace('"dataset": "rivers"', '"dataset": "other",\n "dataset": "rivers"');
    expect(refusal(Buffer.from(twice))).toMatch(/is damaged: line/);
  });

  it("fails when it is the catalogue of another dataset", () => {
    expect(refusal(bytes(catalogue()), "bridges")).toMatch(/it is the catalogue of rivers, not of bridges/);
  });
});
