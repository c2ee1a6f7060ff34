import { build } from "esbuild";
import { expect, it } from "vitest";
import { ROOT } from "../../scratch.ts";

/** What only a build, a publisher or a verifier needs. */
const NOT_OF_CHECKS =
  /^lib\/(?:site|publish|verify|iceberg|csv-import)\/|^lib\/formats\/.*\/(?:database-writer|finish-database|open-parquet|workbook-writer|write-workbook|zip-writer|zip-entry-compressor)\.ts$/;

/** The modules that are evaluated when an entry point is loaded: all that are not behind an `import()`. */
async function loadedWith(entry: string): Promise<{ loaded: Set<string>; bundled: string[] }> {
  const options = { bundle: true, write: false, metafile: true, platform: "node", format: "esm", packages: "external" } as const;
  const { metafile } = await build({ ...options, absWorkingDir: ROOT, entryPoints: [entry], logLevel: "error" });
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { kind, path, external } of metafile.inputs[file]?.imports ?? []) if (kind !== "dynamic-import" && !external) load(path);
  };
  load(entry);
  return { loaded, bundled: Object.keys(metafile.inputs) };
}

it("the function that checks pull requests loads nothing that only a build needs", async () => {
  const { loaded, bundled } = await loadedWith("lambdas/validate/handler.ts");
  expect([...loaded].filter((file) => NOT_OF_CHECKS.test(file))).toEqual([]);
  // The writers of formats are in its bundle, behind `import()`: the pattern finds them.
  expect(bundled.filter((file) => NOT_OF_CHECKS.test(file))).not.toEqual([]);
});

/** Rooms that read records or their schemas; and what the function shares with them. */
const OF_CHECKS = /^lib\/(?:build|dataset|diagnostics|engine|formats|schema)\//;
const SMALL = ["lib/dataset/is-sql-check-file.ts", "lib/dataset/is-view-file.ts", "lib/diagnostics/escape-control-chars.ts"];

it("the function that receives webhooks is bundled without what only a check needs", async () => {
  const { bundled } = await loadedWith("lambdas/receive/handler.ts");
  expect(bundled.filter((file) => OF_CHECKS.test(file)).sort()).toEqual(SMALL);
});

/** Rooms that make, write or draw a release. */
const OF_WRITERS = /^lib\/(?:build|dataset|engine|formats|iceberg|kernel|publish|render|site)\//;

it("the canary, which only reads, is bundled without formats, the kernel and what only a writer needs", async () => {
  const { bundled } = await loadedWith("lambdas/canary/handler.ts");
  expect(bundled).toContain("lib/adapters/aws/s3-reader.ts");
  expect(bundled.filter((file) => OF_WRITERS.test(file) || file === "lib/adapters/aws/s3-store.ts")).toEqual([]);
});
