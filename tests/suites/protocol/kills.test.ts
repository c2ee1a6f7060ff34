import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { expect, it, onTestFailed } from "vitest";
import type { CatalogueEntry } from "../../../lib/release/catalogue.ts";
import { parseManifestText } from "../../../lib/release/manifest-text.ts";
import { parseCatalogue } from "../../../lib/release/parse-catalogue.ts";
import { random } from "../../protocol/scheduler.ts";
import { ROOT, repository, scratch, smallDataset, tree, write } from "../../scratch.ts";

const KILLS = Number(process.env["FACTPRESS_KILLS"] ?? 200);
/** The same seed kills at the same moments. */
const SEED = Number(process.env["FACTPRESS_SEED"] ?? Date.now());

async function made(): Promise<string> {
  const { folder, commit } = await repository();
  const at = join(folder, "data/small");
  await write(at, smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  for (let i = 2; i < 7; i += 1) {
    const rivers = [{ id: "rhine", label: `Rhine ${i}` }, { id: "elbe", label: "Elbe" }, ...(i > 4 ? [{ id: "oder", label: "Oder" }] : [])];
    await write(at, { "rivers.json": i === 3 ? "[" : rivers });
    await commit(String(i), `2024-01-0${i}T00:00:00Z`);
  }
  return folder;
}

/** Reads a store as it is served, while it is written: what is listed is whole, and `latest` is listed. */
function folderReader(store: string): () => number {
  let before: CatalogueEntry[] = [];
  return () => {
    const aliases = join(store, ".factpress/aliases.json");
    const latest = existsSync(aliases) ? (JSON.parse(readFileSync(aliases, "utf8")) as Record<string, string>)["small/latest"] : undefined;
    const path = join(store, "small/releases.json");
    if (!existsSync(path)) return 0;
    const { releases } = parseCatalogue(readFileSync(path));
    expect(releases.slice(releases.length - before.length)).toEqual(before);
    if (latest !== undefined) expect(releases.map(({ version }) => version)).toContain(latest);
    for (const { version, manifest } of releases.slice(0, releases.length - before.length)) {
      const sums = readFileSync(join(store, "small", version, "SHA256SUMS"));
      expect(createHash("sha256").update(sums).digest("hex")).toBe(manifest);
      for (const { name, sha256 } of parseManifestText(sums) ?? [])
        expect(
          createHash("sha256")
            .update(readFileSync(join(store, "small", version, name)))
            .digest("hex"),
        ).toBe(sha256);
    }
    before = releases;
    return releases.length;
  };
}

it(`survives ${KILLS} SIGKILLs at random moments, two publishers at a time`, async () => {
  onTestFailed(() => console.error(`FACTPRESS_SEED=${SEED} gives the same moments again`));
  const folder = await scratch();
  const child = join(folder, "child.mjs");
  await build({
    entryPoints: [join(ROOT, "tests/suites/protocol/kill-child.ts")],
    outfile: child,
    bundle: true,
    platform: "node",
    mainFields: ["module", "main"],
    format: "esm",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
  const repo = await made();
  const start = (store: string): { process: ChildProcess; ready: Promise<void>; ended: Promise<boolean> } => {
    const process_ = spawn(process.execPath, [child, repo, store], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    const ready = new Promise<void>((done) => {
      process_.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        if (text.startsWith("ready\n")) done();
      });
      process_.once("close", () => done());
    });
    const ended = new Promise<boolean>((done) => process_.once("close", () => done(text.endsWith("done\n"))));
    return { process: process_, ready, ended };
  };
  const whole = join(folder, "whole");
  const first = start(whole);
  await first.ready;
  const from = Date.now();
  expect(await first.ended).toBe(true);
  const length = Math.max(50, Date.now() - from);
  const wanted = await tree(whole);
  const next = random(SEED);
  let [kills, finished, stores] = [0, 0, 0];
  let store = join(folder, "killed-0");
  let read = folderReader(store);
  // On a busy machine, all of the first pairs may be killed.
  while (kills < KILLS || finished === 0) {
    const pair = [start(store), start(store)];
    await Promise.all(pair.map(({ ready }) => ready));
    const work = pair.map(async (one) => {
      await Promise.race([sleep(next() * length), one.ended]);
      if (one.process.exitCode === null && one.process.kill("SIGKILL")) kills += 1;
      return one.ended;
    });
    const all = Promise.all(work);
    let over = false;
    void all.finally(() => {
      over = true;
    });
    while (!over) {
      read();
      await sleep(5);
    }
    if ((await all).some(Boolean)) {
      finished += 1;
      // The last publisher finishes the job: the store is the one of an undisturbed run.
      expect(await start(store).ended).toBe(true);
      read();
      expect(await tree(store)).toEqual(wanted);
      await rm(store, { recursive: true, force: true });
      stores += 1;
      store = join(folder, `killed-${stores}`);
      read = folderReader(store);
    }
  }
  expect(await start(store).ended).toBe(true);
  read();
  expect(await tree(store)).toEqual(wanted);
  console.log(`${kills} kills, ${stores + 1} stores, a run takes ${length} ms`);
}, 900_000);
