import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import type { Context } from "aws-lambda";
import { afterEach, describe, expect, it, vi } from "vitest";
import { compareSite } from "../lambdas/canary/compare-site.ts";
import { HeadOutOfDateError } from "../lambdas/canary/head-out-of-date-error.ts";
import { directoryStore } from "../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../lib/adapters/folder/file-aliases.ts";
import { edgeServer } from "../lib/edge/edge-server.ts";
import { catalogueText, emptyCatalogue } from "../lib/release/catalogue.ts";
import { type KeySet, parseKeySet } from "../lib/release/key-set.ts";
import { parseSignedHeadFile } from "../lib/release/signed-head.ts";
import { factpress, repository, scratch, smallDataset, write } from "./scratch.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  vi.useRealTimers();
  vi.doUnmock("../lambdas/open-signer.ts");
  vi.doUnmock("../lambdas/open-bucket-reader.ts");
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const serve = (root: string): Promise<string> => listen(edgeServer({ root, aliases: fileAliases(directoryStore(root)) }));

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const DAY_MS = 24 * 60 * 60 * 1000;

interface TestSite {
  site: string;
  store: string;
  /** The public key that signs. */
  keys: KeySet;
}

/** A site that says its own address, and is signed. */
async function publishedSite(dataset = "small"): Promise<TestSite> {
  const git = await repository();
  const files = smallDataset("1.0.0");
  await write(join(git.folder, "data", dataset), { ...files, "dataset.json": { ...(files["dataset.json"] as object), name: dataset } });
  await git.commit("1", "2024-01-01T00:00:00Z");
  const key = join(await scratch(), "key.json");
  await factpress(git.folder, "key", key);
  const store = join(git.folder, "store");
  const site = await serve(store);
  const publish = await factpress(git.folder, "publish", "--store", "store", "--key", key, "--url", site);
  expect(publish).toMatchObject({ code: 0 });
  return { store, site, keys: parseKeySet(readFileSync(join(store, ".well-known/jwks.json"))) };
}

const compare = ({ site, keys, store }: TestSite, now = Date.now()) =>
  compareSite({ site, keys, store: directoryStore(store) }, AbortSignal.timeout(60_000), { waitMs: 10, now });

describe("the canary", () => {
  it("passes if the site serves what was signed", async () => {
    expect(await compare(await publishedSite())).toEqual({ datasets: 1 });
  });

  it("passes before the first release, and fails if nothing answers", async () => {
    const git = await repository();
    const empty = { keys: { keys: [] }, store: git.folder };
    expect(await compare({ ...empty, site: await serve(git.folder) })).toEqual({ datasets: 0, isEmpty: true });
    await expect(compare({ ...empty, site: "http://127.0.0.1:1" })).rejects.toThrow();
  });

  it("fails if the site answers 404 to everything, to a dataset or to one that the store's head lists, although it is published", async () => {
    const published = await publishedSite();
    const nothing = await listen(createServer((_request, response) => response.writeHead(404).end()));
    await expect(compare({ ...published, site: nothing })).rejects.toThrow("factpress-head.json answered 404, but the store has it");
    // The store as it is, and as the site serves it.
    const behind = { ...published, store: await scratch() };
    cpSync(published.store, behind.store, { recursive: true });
    await rm(join(published.store, "small/releases.json"));
    await expect(compare(behind)).rejects.toThrow("/small/releases.json answered 404");
    const more = await publishedSite("another");
    const site = { ...more, store: behind.store, keys: { keys: [...published.keys.keys, ...more.keys.keys] } };
    await expect(compare(site)).rejects.toThrow("factpress-head.json does not list small, which the head in the store lists");
    await rm(join(behind.store, ".well-known/factpress-head.json"));
    await expect(compare(site)).rejects.toThrow("factpress-head.json is not in the store");
  });

  it.each<[string, string, string, RegExp]>([
    ["another manifest", "small/1.0.0/SHA256SUMS", "0000  levels.csv\n", /latest\/SHA256SUMS is not that of 1\.0\.0/],
    [
      "an older catalogue",
      "small/releases.json",
      catalogueText(emptyCatalogue("small")),
      /releases\.json is older than the one that was signed/,
    ],
  ])("fails if readers get %s", async (_what, key, text, message) => {
    const published = await publishedSite();
    await write(published.store, { [key]: text });
    await expect(compare(published)).rejects.toThrow(message);
  });

  it("fails if the head is out of date: three days after it was signed, or when it expires", async () => {
    const published = await publishedSite();
    expect(await compare(published, Date.now() + 2.9 * DAY_MS)).toEqual({ datasets: 1 });
    const late = compare(published, Date.now() + 3.1 * DAY_MS);
    await expect(late).rejects.toThrow(/factpress-head\.json was signed at .* and is out of date$/);
    await expect(late).rejects.toBeInstanceOf(HeadOutOfDateError);
  });

  it("names any other difference first, whose alarm does not wait for publish", async () => {
    const published = await publishedSite();
    await write(published.store, { "small/1.0.0/SHA256SUMS": "0000  levels.csv\n" });
    await expect(compare(published, Date.now() + 3.1 * DAY_MS)).rejects.toThrow("is not that of 1.0.0");
  });

  it("counts a head that is only out of date, and fails for anything else", async () => {
    const { site, store, keys } = await publishedSite();
    vi.stubEnv("SITE_URL", site);
    vi.stubEnv("CANARY_WAIT_SECONDS", "0");
    vi.resetModules();
    vi.doMock("../lambdas/open-signer.ts", () => ({ openSigner: async () => ({ publicKey: keys.keys[0] }) }));
    vi.doMock("../lambdas/open-bucket-reader.ts", () => ({ openBucketReader: () => directoryStore(store) }));
    const { metrics } = await import("../lambdas/metrics.ts");
    const { logger } = await import("../lambdas/logger.ts");
    const { handler } = await import("../lambdas/canary/handler.ts");
    const counted: string[] = [];
    vi.spyOn(metrics, "addMetric").mockImplementation((name, _unit, count) => {
      counted.push(`${name} ${count}`);
      return metrics;
    });
    const lines: string[] = [];
    for (const level of ["info", "error"] as const)
      vi.spyOn(logger, level).mockImplementation((...said) => void lines.push(String(said[0])));
    const run = (): Promise<void> => handler({}, { getRemainingTimeInMillis: () => 60_000 } as Context);
    await run();
    expect([counted, lines]).toEqual([[], ["compared"]]);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3.1 * DAY_MS });
    await run();
    expect([counted, lines.at(-1)]).toEqual([["HeadOutOfDate 1"], "the signed head is out of date"]);
    await write(store, { "small/1.0.0/SHA256SUMS": "0000  levels.csv\n" });
    await expect(run()).rejects.toThrow("is not that of 1.0.0");
    expect([counted, lines.at(-1)]).toEqual([["HeadOutOfDate 1"], "the site differs from the signed head"]);
  });

  it("fails if another key signed the head, even if the site lists it", async () => {
    const published = await publishedSite();
    const other = await publishedSite();
    for (const name of ["factpress-head.json", "jwks.json"])
      cpSync(join(other.store, ".well-known", name), join(published.store, ".well-known", name));
    await expect(compare(published)).rejects.toThrow(/is signed with the key .*, which is not among the public keys$/);
  });

  it("fails if the head is that of another site, was changed, or is missing", async () => {
    const published = await publishedSite();
    const moved = { ...published, site: published.site.replace("127.0.0.1", "localhost") };
    await expect(compare(moved)).rejects.toThrow(`.well-known/factpress-head.json is the head of ${published.site}`);
    const head = join(published.store, ".well-known/factpress-head.json");
    const file = parseSignedHeadFile(readFileSync(head));
    const payload = Buffer.from(file.payload, "base64url")
      .toString()
      .replace(/"issued": "\d+/, '"issued": "2999');
    writeFileSync(head, JSON.stringify({ ...file, payload: Buffer.from(payload).toString("base64url") }));
    await expect(compare(published)).rejects.toThrow("does not match its payload: one of the two was changed");
    await rm(head);
    await expect(compare(published)).rejects.toThrow("/ has pages, but no .well-known/factpress-head.json");
  });
});
