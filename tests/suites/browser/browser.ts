import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { directoryStore } from "../../../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../../../lib/adapters/folder/file-aliases.ts";
import { makeKeyFile } from "../../../lib/adapters/folder/make-key-file.ts";
import { edgeServer } from "../../../lib/edge/edge-server.ts";
import { factpress, ROOT, write } from "../../scratch.ts";
import { findChromium } from "../optional.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-sync",
  "--no-first-run",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--hide-scrollbars",
  "--force-color-profile=srgb",
  "--font-render-hinting=none",
  "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider",
];

/** How long a page may take on a busy machine, in milliseconds. */
const PATIENCE = 120_000;

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: findChromium() as string, args: FLAGS });

/** A page, with the errors of its console and its content security policy. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  complaints: string[];
}

export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-live]");
  return { page, context, complaints };
}

/** Lays out all sections, even those that are not visible. */
export const layOutAll = (page: Page): Promise<void> =>
  page.evaluate(`for (const section of document.querySelectorAll(".far")) section.style.contentVisibility = "visible"`);

/** Waits until an expression holds in the page: its policy forbids Playwright's `waitForFunction`, which evaluates code there. */
export const until = (page: Page, expression: string): Promise<void> =>
  expect.poll(() => page.evaluate(expression), { timeout: PATIENCE, message: expression }).toBe(true);

/** A site that is published to a folder and served by the local edge. */
export interface Site {
  url: string;
  folder: string;
  store: string;
  publish(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Publishes and serves the Accords, or a dataset of the given files. `saysAddress`: publish with the address of the site.
 */
export async function startSite(files?: Record<string, unknown>, { saysAddress = true } = {}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "factpress-site-"));
  const store = join(folder, "store");
  const server: Server = edgeServer({ root: store, aliases: fileAliases(directoryStore(store)) });
  // A client on a busy machine may use an idle connection at the moment when the server closes it.
  server.keepAliveTimeout = 0;
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  if (files) await write(folder, files);
  const key = join(folder, "key.json");
  await makeKeyFile(key);
  const publish = async (): Promise<void> => {
    const { code, out } = await factpress(
      files ? folder : ROOT,
      "publish",
      "--store",
      store,
      // The content of this checkout, regardless of its branches.
      ...(files ? [] : ["--branch", "HEAD"]),
      ...(saysAddress ? ["--url", url] : []),
      "--key",
      key,
    );
    if (code !== 0) throw new Error(out);
  };
  await publish();
  return {
    url,
    folder,
    store,
    publish,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A page with an empty cache, a processor four times slower and Lighthouse's slow 4G, whose layout shifts `shifts` lists. */
export async function slowPage(
  browser: Browser,
  viewport: { width: number; height: number },
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const [downloadThroughput, uploadThroughput] = [1_600_000 / 8, 750_000 / 8];
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput, uploadThroughput });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(`window.shifts = []; new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      window.shifts.push({ value, what: sources.map(({ node }) => node && (node.outerHTML ?? node.textContent).slice(0, 80)).join(" | ") });
  }).observe({ type: "layout-shift", buffered: true });`);
  return { page, context };
}

/** On a busy machine, a browser may paint a part of a page before the rest; up to 0.1 is called good (https://web.dev/articles/cls). */
const UNSEEN_SHIFT = 0.05;

/** The layout shifts of a page so far, how much and of what, if a reader may see them. */
export async function shifts(page: Page): Promise<string[]> {
  // The last paint is reported with a delay.
  await page.waitForTimeout(500);
  const found = (await page.evaluate("window.shifts")) as { value: number; what: string }[];
  const total = found.reduce((sum, { value }) => sum + value, 0);
  return total <= UNSEEN_SHIFT ? [] : found.map(({ value, what }) => `${value}: ${what}`);
}
