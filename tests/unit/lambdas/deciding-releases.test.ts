import { expect, it } from "vitest";
import { decidingReleases } from "../../../lambdas/validate/deciding-releases.ts";
import type { CommitReader } from "../../../lib/ports/forge.ts";
import type { Catalogue, CatalogueEntry, CatalogueEvent } from "../../../lib/release/catalogue.ts";
import { CatalogueError } from "../../../lib/release/catalogue-error.ts";

const entry = (version: string, commit: string | null, comparedWith?: string): CatalogueEntry => ({
  ...{ version, commit, date: null, level: "minor", manifest: "" },
  ...(comparedWith === undefined ? {} : { comparedWith }),
});
const event = (version: string, commit: string): CatalogueEvent => ({ version, commit, reason: "wrong", date: null });
const catalogue = (more: Partial<Catalogue> = {}): Catalogue => ({
  ...{ dataset: "d", releases: [entry("1.1.0", "c2"), entry("1.0.0", "c1")], withdrawn: [], removed: [] },
  ...more,
});
const withdrawn = (...versions: string[]) => ({ withdrawn: versions.map((version) => ({ version, reason: "wrong" })) });

/** A line of commits c1, c2, …, as a forge has it. */
const forge = {
  mergeBase: async (a: string, b: string) => (a > "c9" ? undefined : a < b ? a : b),
  commit: async (sha: string) => ({ tree: `tree of ${sha}`, parents: [], date: "" }),
  folderId: async (tree: string, path: string) => (tree.endsWith("c0") ? null : `${path} in ${tree}`),
} as Partial<CommitReader> as CommitReader;

const decide = (release: object, before: Catalogue | Error = catalogue(), baseCommit = "c5") =>
  decidingReleases(
    { forge, branch: "main" },
    { dataset: "d", path: "data/d", release, baseCommit },
    { readCatalogue: () => (before instanceof Error ? Promise.reject(before) : Promise.resolve(before)), log: () => {} },
  );
const versionsOf = async (...asked: Parameters<typeof decide>) => {
  const found = await decide(...asked);
  return typeof found === "object" ? [...found.folderIds] : found;
};
const folder = (commit: string): string => `data/d in tree of ${commit}`;

it("are those that a change with its withdrawals is compared with", async () => {
  expect(await versionsOf(withdrawn("1.1.0"))).toEqual([["1.0.0", folder("c1")]]);
  expect(await versionsOf({ removed: withdrawn("1.1.0").withdrawn })).toEqual([["1.0.0", folder("c1")]]);
  const before = catalogue({ withdrawn: [event("1.1.0", "c3")] });
  expect(await versionsOf(withdrawn("1.1.0"), before)).toEqual([["1.0.0", folder("c1")]]);
  expect(await versionsOf({}, before)).toEqual([["1.1.0", folder("c2")]]);
  const since = { ...before, releases: [entry("1.2.0", "c4", "1.0.0"), ...before.releases] };
  expect(await versionsOf({}, since)).toEqual([
    ["1.2.0", folder("c4")],
    ["1.1.0", folder("c2")],
  ]);
});

it("are none if the base decides: the newest release is not withdrawn, or the base lacks commits that the catalogue records", async () => {
  expect(await decide(withdrawn("1.0.0"))).toBeUndefined();
  expect(await decide({}, { ...catalogue(), releases: [] })).toBeUndefined();
  expect(await decide(withdrawn("1.1.0"), catalogue(), "c1")).toBeUndefined();
  expect(await decide({}, catalogue({ withdrawn: [event("1.1.0", "c6")] }))).toBeUndefined();
  // Published without git.
  expect(await decide(withdrawn("1.1.0"), catalogue({ releases: [entry("1.1.0", null), entry("1.0.0", "c1")] }))).toBeUndefined();
});

it("are unknown if the catalogue cannot be read, or the branch lacks a commit", async () => {
  const denied = Object.assign(new Error("User 123456789012 may not"), { name: "AccessDenied", $metadata: {} });
  expect(await decide(withdrawn("1.1.0"), denied)).toMatch(/the catalogue could not be read: AWS answered AccessDenied$/);
  expect(await decide(withdrawn("1.1.0"), new CatalogueError("releases.json", "is damaged"))).toMatch(/releases\.json is damaged$/);
  await expect(decide(withdrawn("1.1.0"), new Error("a bug"))).rejects.toThrow("a bug");
  for (const [commit, shown] of [
    ["ffff", "ffff"],
    ["c0", "c0"],
    [null, "no commit"],
  ] as const)
    expect(await decide(withdrawn("1.1.0"), catalogue({ releases: [entry("1.1.0", "c2"), entry("1.0.0", commit)] }))).toBe(
      `1.0.0 was made from ${shown}, which main lacks`,
    );
});
