import type { Page } from "playwright-core";
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

/** A keystroke in the search of a page, with a processor four times slower, against one in a page of one row. */
export async function printPage(): Promise<void> {
  if (!findChromium()) {
    console.log("No Chromium or Chrome is installed.");
    return;
  }
  const browser = await launch();
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
