import { expect, it, onTestFinished, vi } from "vitest";
import { versionsEffects } from "../../../lib/browser/versions-effects.ts";
import type { VersionsModel } from "../../../lib/site/versions/versions-model.ts";

it("lists the versions of the catalogue with their present state, and with what only the page knows", async () => {
  const release = { date: null, level: "minor" };
  const releases = ["1.1.0", "1.0.0", "0.9.0"].map((version) => ({ version, ...release }));
  const catalogue = { releases, withdrawn: [{ version: "0.9.0", reason: "wrong" }], removed: [] };
  vi.stubGlobal("fetch", async (url: string) =>
    url === "/d/releases.json" ? Response.json(catalogue) : new Response("", { status: 404 }),
  );
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  // The page was opened before 1.0.0 was reinstated.
  const versions = [
    { version: "1.1.0", ...release, isNewest: true as const, summary: "1 fact added" },
    { version: "1.0.0", ...release, withdrawn: "wrong", removed: "private" },
  ];
  const { allVersions } = versionsEffects({ dataset: "d", versions } as unknown as VersionsModel, async () => []);
  expect(await allVersions()).toEqual([
    { version: "1.1.0", ...release, isNewest: true, summary: "1 fact added" },
    { version: "1.0.0", ...release },
    { version: "0.9.0", ...release, withdrawn: "wrong" },
  ]);
});
