import type { Browser, Page } from "playwright-core";
import { launch, startSite } from "../suites/browser/browser.ts";
import { findChromium } from "../suites/optional.ts";

/** Time from a key to the frame after it, in ms: the median and the longest of some keys. */
async function keys(page: Page, text: string): Promise<[median: number, longest: number]> {
  const times: number[] = [];
  for (const key of text) {
    await page.evaluate(`void (window.painted = new Promise((done) => addEventListener("keydown", () => {
      const start = performance.now();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    }, { once: true, capture: true })))`);
    await page.keyboard.press(key);
    times.push((await page.evaluate("window.painted")) as number);
  }
  times.sort((a, b) => a - b);
  return [times[Math.floor(times.length / 2)] ?? 0, times.at(-1) ?? 0];
}

const PROPERTIES = {
  id: { type: "string" },
  subject: { type: "string", role: "subject" },
  property: { type: "string", role: "property" },
  value: { type: "string", role: "value" },
  date: { type: "string", format: "edtf", role: "time" },
  certainty: { enum: ["confirmed", "reported", "disputed"], role: "certainty" },
};
const fact = (i: number): object => ({
  id: `f${i}`,
  subject: `Country ${i % 30}`,
  property: `Property ${i % 9}`,
  value: `What is said in number ${i}`,
  date: `${2000 + (i % 25)}-0${1 + (i % 9)}`,
  certainty: PROPERTIES.certainty.enum[i % 3],
});

const table = (count: number): Record<string, unknown> => ({
  "data/facts/dataset.json": {
    name: "facts",
    title: "Facts",
    description: "Facts made for a measurement.",
    licenses: [{ name: "CC0-1.0" }],
    release: { version: "1.0.0" },
  },
  "data/facts/schema.json": {
    type: "object",
    properties: {
      statements: {
        type: "array",
        title: "Statements",
        primaryKey: ["id"],
        items: { type: "object", required: ["id"], properties: PROPERTIES },
      },
    },
  },
  "data/facts/statements.json": Array.from({ length: count }, (_, i) => fact(i)),
});

/** Lighthouse's slow 4G, and DevTools' version of it. */
const ROUND_TRIPS = [150, 560];
const VISITS = 5;
/** Waits for the entry, which may appear after the network is idle. */
const FIRST_PAINT = `new Promise((done, fail) => {
  setTimeout(() => fail(new Error("Nothing was painted in 30 seconds.")), 30_000);
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") done(startTime);
  }).observe({ type: "paint", buffered: true });
})`;

/** Median time to the first contentful paint of a visit with an empty cache, in ms: 4 × slower CPU, 1.6 Mbit/s. */
async function firstPaint(browser: Browser, url: string, latency: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < VISITS; i += 1) {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    const [downloadThroughput, uploadThroughput] = [1_600_000 / 8, 750_000 / 8];
    await session.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput, uploadThroughput });
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(url, { waitUntil: "networkidle" });
    times.push((await page.evaluate(FIRST_PAINT)) as number);
    await page.close();
  }
  return times.sort((a, b) => a - b)[Math.floor(VISITS / 2)] ?? 0;
}

/** First contentful paint of the pages of the Accords. */
async function printFirstPaint(browser: Browser): Promise<void> {
  const site = await startSite();
  console.log(`First contentful paint, 4 × slower CPU, 1.6 Mbit/s, round trips of ${ROUND_TRIPS.join(" and ")} ms.`);
  for (const [name, path] of [
    ["the dataset", "abraham-accords/"],
    ["a subject", "abraham-accords/entities/country-KZ/"],
    ["all datasets", ""],
  ] as const) {
    const times: string[] = [];
    for (const latency of ROUND_TRIPS) times.push(`${(await firstPaint(browser, `${site.url}/${path}`, latency)).toFixed(0)} ms`);
    console.log(`  ${name.padEnd(14)} ${times.join("   ")}`);
  }
  await site.close();
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  args: { name?: string };
  /** Processor time of the thread, in µs. */
  tdur?: number;
}

/** The processor time of the longest task of a page's main thread during some work, in ms. Unlike its wall time, it hardly depends on the machine's load. */
async function longestTask(browser: Browser, page: Page, act: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const main = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(threadOf));
  const tasks = traceEvents.filter((event) => event.name.endsWith("RunTask") && main.has(threadOf(event)));
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

/** The longest task of a page while it loads, and while a reader types in the search and empties it. */
async function longestTasks(browser: Browser, url: string): Promise<[loading: number, typing: number]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const loading = await longestTask(browser, page, async () => {
    await page.goto(url, { waitUntil: "networkidle" });
    await page.waitForSelector("html[data-live]");
    await page.waitForTimeout(1_000);
  });
  await page.getByRole("searchbox").focus();
  await page.waitForTimeout(500);
  const typing = await longestTask(browser, page, async () => {
    await page.keyboard.type("number 17", { delay: 120 });
    await page.waitForTimeout(2_000);
    for (let i = 0; i < 9; i += 1) await page.keyboard.press("Backspace", { delay: 60 });
    await page.waitForTimeout(2_000);
  });
  await page.close();
  return [loading, typing];
}

async function printLongestTasks(browser: Browser): Promise<void> {
  console.log(
    "Processor time of the longest task: while a page loads, and while a reader types in the search and empties it, 4 × slower CPU.",
  );
  for (const [name, path, count] of [
    ["the Accords", "abraham-accords/", undefined],
    ["25,000 facts", "facts/", 25_000],
  ] as const) {
    const site = await startSite(count === undefined ? undefined : table(count));
    const [loading, typing] = await longestTasks(browser, `${site.url}/${path}`);
    await site.close();
    console.log(`  ${name.padEnd(14)} ${loading.toFixed(0)} ms   ${typing.toFixed(0)} ms`);
  }
}

/** The first paint of pages; then a keystroke in the search of a page, with a processor four times slower, against one in a page of one row. */
export async function printPage(): Promise<void> {
  if (!findChromium()) {
    console.log("No Chromium or Chrome is installed.");
    return;
  }
  const browser = await launch();
  await printFirstPaint(browser);
  await printLongestTasks(browser);
  const measure = async (count: number | undefined): Promise<[number, number]> => {
    const site = await startSite(count === undefined ? undefined : table(count));
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(`${site.url}/${count === undefined ? "abraham-accords" : "facts"}/`);
    await page.waitForSelector("html[data-live]");
    await page.getByRole("searchbox").focus();
    const found = await keys(page, "number 17");
    await page.close();
    await site.close();
    return found;
  };
  const [floor] = await measure(1);
  console.log("A key in the search to the frame after it, 4 × slower CPU; the ratio is to a page of one row.");
  for (const [name, count] of [
    ["the Accords", undefined],
    ["200 facts", 200],
    ["20,000 facts", 20_000],
  ] as const) {
    const [median, longest] = await measure(count);
    console.log(`  ${name.padEnd(14)} ${(median / floor).toFixed(1)} × floor   ${median.toFixed(0)} ms, at most ${longest.toFixed(0)} ms`);
  }
  await browser.close();
}
