import { existsSync, readFileSync } from "node:fs";
import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvRecords } from "../../../lib/browser/csv-records.ts";
import type { Catalogue } from "../../../lib/release/catalogue.ts";
import { FIRST_ROWS } from "../../../lib/site/limits.ts";
import { pageEnvironment } from "../../../lib/site/page-environment.ts";
import { missingPage, nothingCurrentPage, removedPage } from "../../../lib/site/pages.tsx";
import { ROOT, write } from "../../scratch.ts";
import { launch, layOutAll, type Site, shifts, slowPage, startSite, until, visit } from "./browser.ts";
import { checkedMistake, readmePictures } from "./readme-pictures.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = process.env["FACTPRESS_SHOTS"];

/** Keeps a picture to look at, if requested. */
async function shot(page: Page, name: string, fullPage = false): Promise<void> {
  if (!SHOTS) return;
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage });
}

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}

async function axe(page: Page): Promise<string[]> {
  // It takes what is not laid out yet for visible.
  await layOutAll(page);
  // What sticks to the top lies over content that was scrolled there, which axe takes for a target that is too small.
  await page.evaluate(`for (const bar of document.querySelectorAll(".contents")) bar.style.position = "static"`);
  await page.evaluate(AXE);
  // Only violations: axe would describe every element that passed, too.
  const { violations } = (await page.evaluate(
    `axe.run(document, { runOnly: { type: "tag", values: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"] }, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] })`,
  )) as AxeResult;
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
  );
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") as Promise<number>;
const status = (page: Page): Promise<string | null> => page.locator("#explorer [role=status]").first().textContent();
const SOURCE_FILTER = 'label.choice:has(> span:text-is("Source")) select';
/** A search has found some of all rows. */
const SEARCHED = `document.querySelector("#explorer [role=status]").textContent.includes(" of ")`;
/** The rows of the table, once all are drawn. */
async function rowIds(page: Page): Promise<string[]> {
  await until(page, `!document.querySelector("#explorer [aria-busy]")`);
  return page.$$eval("#explorer tr[id]", (rows) => rows.map(({ id }) => id));
}

describe("the explorer of the Accords", () => {
  let browser: Browser;
  let site: Site;
  let home: string;
  let newest: string;
  let facts: Record<string, string>[];
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), startSite()]);
    home = `${site.url}/abraham-accords/`;
    const catalogue = JSON.parse(await readFile(join(site.store, "abraham-accords/releases.json"), "utf8")) as Catalogue;
    newest = catalogue.releases[0]?.version ?? "";
    facts = parse(await readFile(join(site.store, `abraham-accords/${newest}/facts.csv`)), { columns: true, bom: true }) as typeof facts;
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it("is complete without scripts, with the pages of its subjects, and shows no inert control", async () => {
    const { page, context, complaints } = await visit(browser, home, { javaScriptEnabled: false });
    expect((await rowIds(page)).length).toBe(FIRST_ROWS);
    expect(await page.locator("button:visible").count()).toBe(0);
    // It is laid out once it comes near.
    await page.locator(".snippets").scrollIntoViewIfNeeded();
    await page.locator(".snippet:visible").first().waitFor();
    expect(await page.locator(".snippet:visible").count()).toBe(1);
    await page.getByText("needs scripts here. It works on the page of its subject").waitFor();
    await shot(page, "12-nojs-top");
    const addresses = await page.locator(".more-rows a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    const texts = new Map<string, string>();
    for (const address of addresses) {
      await page.goto(new URL(address, home).href);
      for (const article of await page.locator("article[id]").all())
        texts.set((await article.getAttribute("id")) ?? "", (await article.textContent()) ?? "");
    }
    for (const { id, locator } of facts)
      expect(texts.get(`facts-${id}`) ?? "", id).toContain((locator as string).replace(/\s+/g, " ").slice(0, 40));
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([true, false])(
    "has at most 2,500 elements and 12 screens of a phone, each kind of page, scripts: %s",
    async (javaScriptEnabled) => {
      const { page, context } = await visit(browser, home, { javaScriptEnabled, viewport: { width: 390, height: 844 } });
      const session = await context.newCDPSession(page);
      const { releases } = JSON.parse(await readFile(join(site.store, "abraham-accords/releases.json"), "utf8")) as Catalogue;
      const oldest = releases.at(-1)?.version;
      const versions = releases.map(({ version }) => `${version}/`);
      const others = ["entities/country-KZ/", "sources/", "sources/tps-il-2025-11-06/", "columns/", "facts/ma-joined-tps/", "nothing/"];
      const compared = javaScriptEnabled ? [`?compare=${oldest}...${newest}#comparison`] : [];
      for (const path of ["", ...versions, ...others, ...compared]) {
        await page.goto(`${home}${path}`);
        if (compared.includes(path)) await page.getByRole("heading", { name: `What changed from ${oldest} to ${newest}` }).waitFor();
        await layOutAll(page);
        const { documents } = await session.send("DOMSnapshot.captureSnapshot", { computedStyles: [] });
        expect(documents[0]?.nodes.nodeType?.filter((type) => type === 1).length, path).toBeLessThanOrEqual(2_500);
        const { cssContentSize } = await session.send("Page.getLayoutMetrics");
        expect(cssContentSize.height / 844, path).toBeLessThanOrEqual(12);
      }
      await context.close();
    },
  );

  it("has all facts of an old version without scripts", async () => {
    const { releases } = JSON.parse(await readFile(join(site.store, "abraham-accords/releases.json"), "utf8")) as Catalogue;
    const before = releases[1]?.version;
    const { page, context } = await visit(browser, `${home}${before}/`, { javaScriptEnabled: false });
    const ids = await page.locator("[id^=facts-]").evaluateAll((elements) => elements.map(({ id }) => id));
    const lines = (await readFile(join(site.store, `abraham-accords/${before}/facts.ndjson`), "utf8")).trim().split("\n");
    expect(ids.toSorted()).toEqual(lines.map((line) => `facts-${(JSON.parse(line) as { id: string }).id}`).toSorted());
    await context.close();
  });

  it("shows all facts and the timeline on request, continuing after the first ones", async () => {
    const { page, context, complaints } = await visit(browser, home);
    const before = await rowIds(page);
    expect(before.length).toBe(FIRST_ROWS);
    await page.getByRole("button", { name: `Show all ${facts.length} facts` }).click();
    await until(page, `document.querySelectorAll("#explorer tr[id]").length === ${facts.length}`);
    const all = await rowIds(page);
    expect(all.slice(0, FIRST_ROWS)).toEqual(before);
    expect(all.toSorted()).toEqual(facts.map(({ id }) => `facts-${id}`).toSorted());
    await until(page, `document.activeElement?.id === ${JSON.stringify(all[FIRST_ROWS])}`);
    expect(await page.locator(".timeline").count()).toBe(0);
    await page.getByRole("button", { name: "Show the timeline" }).click();
    await page.locator(".timeline [data-mark]").first().waitFor();
    expect(await axe(page)).toEqual([]);
    await shot(page, "21-desktop-timeline");
    await page.getByRole("button", { name: "Hide the timeline" }).click();
    expect(await page.locator(".timeline").count()).toBe(0);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: "Show the timeline" }).click();
    const signed = page.locator(".timeline a", { hasText: /^Bahrain.*15 Sep 2020/ }).first();
    await signed.waitFor();
    const { x = -1 } = (await signed.boundingBox()) ?? {};
    expect([x > 0, x < 390], `signed at ${x}`).toEqual([true, true]);
    // Each lane shows its marks without scrolling.
    expect(
      await page.evaluate(`[...document.querySelectorAll(".timeline [data-mark]")].every((mark) => {
        const { left, right } = mark.getBoundingClientRect();
        return left >= 0 && right <= innerWidth;
      })`),
    ).toBe(true);
    await shot(page, "22-phone-timeline");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("opens a fact that is not on the page, and redirects an old link to a source to the page of all sources", async () => {
    const id = "facts-kz-announcement-date-wion";
    const { page, context, complaints } = await visit(browser, home);
    expect(await page.locator(`[id="${id}"]`).count()).toBe(0);
    await page.evaluate(`location.hash = ${JSON.stringify(id)}`);
    await until(page, `document.activeElement?.id === ${JSON.stringify(id)}`);
    expect((await rowIds(page)).length).toBe(facts.length);
    const unlisted = await page.evaluate("[90, 80, 70, 60].find((index) => !document.getElementById('_source-' + index))");
    await page.evaluate(`location.hash = "source-${String(unlisted)}"`);
    await page.waitForURL(`${home}sources/#_source-${String(unlisted)}`);
    expect(await page.locator("li[data-source]").count()).toBeGreaterThan(90);
    expect(await axe(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("answers on the first screen of a phone and of a laptop, and describes the dataset below", async () => {
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 1280, height: 800 },
    ]) {
      const { page, context } = await visit(browser, home, { viewport });
      const top = async (selector: string): Promise<number> => (await page.locator(selector).boundingBox())?.y ?? Number.NaN;
      expect(await top(".answers tbody tr:nth-child(2)")).toBeLessThan(viewport.height);
      expect(await top(".about")).toBeGreaterThan(await top(".answers tbody tr:last-child"));
      expect(await page.getByText("The research of November 2026").isVisible()).toBe(true);
      await context.close();
    }
  });

  it("folds filters on a phone", async () => {
    const { page, context } = await visit(browser, home, { viewport: { width: 390, height: 844 } });
    expect(await axe(page)).toEqual([]);
    const filters = page.getByRole("button", { name: "Filters", exact: true });
    expect(await page.getByLabel("Sort by").isVisible()).toBe(false);
    await filters.click();
    await page.getByLabel("Sort by").waitFor();
    expect(await axe(page)).toEqual([]);
    await context.close();
    const wide = await visit(browser, home);
    expect(await wide.page.getByText("The research of November 2026").isVisible()).toBe(true);
    expect(await wide.page.getByText("More about this dataset").isVisible()).toBe(false);
    await wide.context.close();
  });

  it("keeps the DOM from the server, and violates no policy", async () => {
    const scripts = await browser.newContext();
    const bare = await scripts.newPage();
    await bare.route("**/*.js", (route) => route.abort());
    await bare.goto(home);
    const { page, context, complaints } = await visit(browser, home);
    for (const id of ["#explorer", "#_versions"]) {
      const [before, after] = await Promise.all([bare.locator(id).innerHTML(), page.locator(id).innerHTML()]);
      expect(after).toBe(before);
    }
    expect(complaints).toEqual([]);
    await Promise.all([scripts.close(), context.close()]);
  });

  it("starts its scripts without changing what the page shows", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(`window.changed = []; new MutationObserver((records) => {
      if (document.readyState === "loading") return;
      for (const { target, addedNodes, removedNodes } of records)
        if ((target.closest ? target : target.parentElement)?.closest("#explorer, #_versions"))
          window.changed.push([target, ...addedNodes, ...removedNodes].map((node) => node.outerHTML ?? node.data));
    }).observe(document, { subtree: true, childList: true, characterData: true });`);
    for (const place of ["", "1.0.0/"]) {
      await page.goto(new URL(place, home).href);
      await page.waitForSelector("html[data-live]");
      expect(await page.evaluate("window.changed"), place).toEqual([]);
    }
    await context.close();
  });

  it("is styled without fetching a style sheet", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("**/*.css", (route) => route.abort());
    for (const place of ["", "entities/country-KZ/", "../", "../verify/"]) {
      await page.goto(new URL(place, home).href);
      expect(await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--line') !== ''"), place).toBe(true);
    }
    await context.close();
  });

  it("weighs at most 100 kB, 31 kB of them script", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    const types = new Map<string, string>();
    const weights: Record<string, number> = {};
    session.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const type = types.get(requestId) ?? "?";
      weights[type] = (weights[type] ?? 0) + encodedDataLength;
    });
    await page.goto(home, { waitUntil: "networkidle" });
    await page.evaluate("document.fonts.ready");
    await until(page, `performance.getEntriesByType("resource").some(({ name }) => name.endsWith(".woff2"))`);
    await page.waitForLoadState("networkidle");
    const total = Object.values(weights).reduce((sum, bytes) => sum + bytes, 0);
    expect(weights["Font"]).toBeGreaterThan(0);
    expect(weights["Script"], JSON.stringify(weights)).toBeLessThanOrEqual(31_000);
    expect(total, JSON.stringify(weights)).toBeLessThanOrEqual(100_000);
    await context.close();
  });

  it("filters with counts of what each choice matches, and keeps the filters in the address", async () => {
    const { page, context, complaints } = await visit(browser, home);
    expect(await status(page)).toBe(`${facts.length} facts about ${new Set(facts.map(({ subject }) => subject)).size} entities`);
    await page.getByRole("searchbox").fill("sudan");
    await until(page, SEARCHED);
    const pill = page.getByRole("button", { name: /^Refuted/ });
    const promised = Number(/\d+/.exec((await pill.textContent()) ?? "")?.[0]);
    await pill.click();
    expect(await pill.getAttribute("aria-pressed")).toBe("true");
    await until(page, `document.querySelectorAll("#explorer tr[id]").length === ${promised}`);
    const ids = await rowIds(page);
    expect(promised).toBeGreaterThan(0);
    expect(new URL(page.url()).search).toBe("?q=sudan&certainty=refuted");
    await shot(page, "filtered");
    await page.reload();
    await until(page, `document.querySelectorAll("#explorer tr[id]").length === ${promised}`);
    expect(await rowIds(page)).toEqual(ids);
    await page.getByRole("button", { name: "Clear filters" }).click();
    expect((await rowIds(page)).length).toBe(FIRST_ROWS);
    expect(new URL(page.url()).search).toBe("");
    await page.goBack();
    await until(page, `document.querySelectorAll("#explorer tr[id]").length === ${promised}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("writes no typed search into another entry of the history", async () => {
    const { page, context } = await visit(browser, home);
    // At once, as a browser does that has the entry before at hand.
    await page.evaluate(`{
      const box = document.querySelector("#explorer input[type=search]");
      box.value = "sudan";
      box.dispatchEvent(new Event("input", { bubbles: true }));
      history.replaceState(null, "", "?status=signatory");
      dispatchEvent(new PopStateEvent("popstate"));
    }`);
    // A timer that was set before is over.
    await page.evaluate("new Promise((done) => setTimeout(done, 500))");
    expect(new URL(page.url()).search).toBe("?status=signatory");
    await context.close();
  });

  it("keeps a typed search in the address where a link within the page is followed at once", async () => {
    const { page, context } = await visit(browser, home);
    await page.evaluate(`{
      const box = document.querySelector("#explorer input[type=search]");
      box.value = "sudan";
      box.dispatchEvent(new Event("input", { bubbles: true }));
      document.querySelector("a[href='#cite']").click();
    }`);
    await until(page, `location.hash === "#cite"`);
    expect(new URL(page.url()).search).toBe("?q=sudan");
    await page.goBack();
    await until(page, `location.hash === ""`);
    expect(new URL(page.url()).search).toBe("?q=sudan");
    expect(await page.getByRole("searchbox").inputValue()).toBe("sudan");
    await context.close();
  });

  it("finds a day in any notation, and replaces a word without matches with the nearest one", async () => {
    const { page, context } = await visit(browser, home);
    const ids = async (text: string): Promise<string[]> => {
      await page.getByRole("searchbox").fill(text);
      await until(page, SEARCHED);
      await until(page, `new URLSearchParams(location.search).get("q") === ${JSON.stringify(text)}`);
      await page.waitForTimeout(200);
      return (await rowIds(page)).toSorted();
    };
    const day = await ids("2020-09-15");
    expect(day).toContain("facts-ae-joined-singer");
    for (const text of ["15 September 2020", "15 Sep 2020", "September 15, 2020"]) expect(await ids(text)).toEqual(day);
    expect(await ids("Sept 2020")).toEqual(expect.arrayContaining(day));
    const near = await ids("Kazakstan");
    expect(await status(page)).toContain("No results for “Kazakstan”. Showing “kazakhstan”: ");
    expect(near).toEqual(await ids("Kazakhstan"));
    await context.close();
  });

  it("finds every fact by each value of each filter", async () => {
    const { page, context } = await visit(browser, home);
    for (const certainty of new Set(facts.map((fact) => fact["certainty"] as string))) {
      await page.goto(`${home}?certainty=${certainty}`);
      const expected = facts.filter((fact) => fact["certainty"] === certainty).map(({ id }) => `facts-${id}`);
      await until(page, `document.querySelectorAll("#explorer tr[id]").length === ${expected.length}`);
      expect((await rowIds(page)).toSorted()).toEqual(expected.toSorted());
    }
    await context.close();
  });

  it("finds the facts that cite a source, as their first or a later one", async () => {
    const table = async (name: string): Promise<Record<string, string>[]> =>
      parse(await readFile(join(site.store, `abraham-accords/${newest}/${name}.csv`)), { columns: true }) as Record<string, string>[];
    const also = await table("facts_corroboration");
    const { page, context } = await visit(browser, home);
    await page.locator(SOURCE_FILTER).focus();
    const listed = page.locator(`${SOURCE_FILTER} option`);
    await expect.poll(() => listed.count()).toBeGreaterThan(20);
    const options = await listed.allTextContents();
    expect(new Set(options.map((text) => text.replace(/ \(\d+\)$/, ""))).size).toBe(options.length);
    for (const source of ["tps-il-2025-11-06", also[0]?.["source"] ?? ""]) {
      const cites = ({ id, source: first }: Record<string, string>): boolean =>
        first === source || also.some((row) => row["facts_id"] === id && row["source"] === source);
      await page.goto(`${home}?source=${encodeURIComponent(source)}`);
      const expected = facts.filter(cites).map(({ id }) => `facts-${id}`);
      await expect.poll(async () => (await rowIds(page)).toSorted(), { timeout: 120_000 }).toEqual(expected.toSorted());
    }
    await context.close();
  });

  it("sorts values by type: dates and numbers in their order, then words", async () => {
    const { page, context } = await visit(browser, `${home}?sort=value`);
    await page.locator("th[aria-sort=ascending]").waitFor();
    await until(page, `document.querySelectorAll("#explorer tr[id]").length === ${facts.length}`);
    const texts = await page.locator("#explorer td.value > .said").allTextContents();
    const dates = texts.filter((text) => /^\d{1,2} [A-Z][a-z]{2} \d{4}$/.test(text));
    expect(dates.length).toBeGreaterThan(10);
    expect(dates).toEqual(dates.toSorted((a, b) => Date.parse(`${a} UTC`) - Date.parse(`${b} UTC`)));
    const numbers = texts.filter((text) => /^\d+$/.test(text)).map(Number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(texts.findIndex((text) => /^[a-z]{4}/i.test(text))).toBeGreaterThan(texts.indexOf(dates[0] as string));
    await context.close();
  });

  it("links a claim that the filter hides to its fact, and returns to the filter", async () => {
    const { page, context } = await visit(browser, `${home}?certainty=confirmed`);
    const claim = page.locator("#explorer .claim a", { hasText: "WION" }).first();
    const row = (await claim.getAttribute("href"))?.slice(1);
    await claim.click();
    await until(page, `document.activeElement?.id === ${JSON.stringify(row)}`);
    expect([new URL(page.url()).search, new URL(page.url()).hash]).toEqual(["", `#${row}`]);
    await page.goBack();
    await until(page, `document.querySelector("button[aria-pressed=true]")?.textContent.startsWith("Confirmed")`);
    expect(new URL(page.url()).search).toBe("?certainty=confirmed");
    await context.close();
  });

  it("replaces the timeline with a message if nothing matches, and clears the filters from there", async () => {
    const { page, context } = await visit(browser, `${home}?q=zzzz`);
    await page.getByText("No results for “zzzz”").waitFor();
    expect(await page.locator(".timeline").count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await shot(page, "06-desktop-empty");
    await page.getByRole("button", { name: "Clear all filters" }).click();
    await page.getByRole("button", { name: "Show the timeline" }).waitFor();
    await context.close();
  });

  it.each([1280, 390])("shows the filtered rows of a shared view, %i pixels wide, without the timeline", async (width) => {
    const view = `${home}?date=2020..2020&conflicts=1`;
    const { page, context, complaints } = await visit(browser, view, { viewport: { width, height: 844 } });
    await page.getByText(/facts about \d+ entities: Date 2020 and conflicting claims; left out: \d+ facts without any date/).waitFor();
    const [first = ""] = await rowIds(page);
    await until(page, `scrollY > 500 && document.getElementById(${JSON.stringify(first)}).getBoundingClientRect().bottom < innerHeight`);
    expect([await page.locator(".timeline").count(), await page.getByRole("button", { name: "Clear filters" }).isVisible()]).toEqual([
      0,
      true,
    ]);
    for (const id of await rowIds(page)) expect(await page.locator(`[id="${id}"]`).textContent()).toContain("2020");
    expect([await axe(page), complaints]).toEqual([[], []]);
    await context.close();
  });

  it.each([true, false])("opens the target of a link to columns or to a group of statements, scripts: %s", async (javaScriptEnabled) => {
    const { page, context } = await visit(browser, home, { javaScriptEnabled });
    await page.goto(`${home}columns/#_columns-sources`);
    await page.getByText("Who says it, and how much of it was read.").waitFor();
    await page.goto(`${home}entities/country-SD/`);
    const link = page.getByRole("link", { name: /others? says? otherwise/ }).first();
    const group = page.locator(`[id="${(await link.getAttribute("href"))?.slice(1)}"]`);
    expect(await group.isVisible()).toBe(false);
    await link.click();
    await group.locator("article").first().waitFor();
    await context.close();
  });

  it("offers the files of the main table, of a view and of all tables by their titles, and its menu on the first screen", async () => {
    const { page, context } = await visit(browser, home, { viewport: { width: 390, height: 844 } });
    const offered = await page
      .locator(".offered .buttons")
      .evaluateAll((groups) =>
        groups.map((group) => [
          group.querySelector(".of")?.textContent,
          ...[...group.querySelectorAll("a")].map((link) => link.getAttribute("href")?.split("/").at(-1)),
        ]),
      );
    expect(offered).toEqual([
      ["Facts", "facts.csv", "facts.parquet"],
      ["Countries", "countries.csv", "countries.parquet"],
      ["All 7 tables, with Countries", ...["json", "sqlite", "xlsx", "zip"].map((end) => `abraham-accords.${end}`)],
    ]);
    await page.getByRole("link", { name: "All 7 tables, with Countries: Excel" }).waitFor();
    const menu = page.getByRole("navigation", { name: "On this page" });
    for (const link of await menu.getByRole("link").all()) {
      const { x = 0, y = 0, width = 0, height = 0 } = (await link.boundingBox()) ?? {};
      expect([x >= 0, x + width <= 390, y > 0, y + height < 200, height >= 24], (await link.textContent()) ?? "").toEqual(
        Array(5).fill(true),
      );
    }
    await menu.getByRole("link", { name: "Search facts" }).click();
    await until(page, `Math.abs(document.getElementById("explore").getBoundingClientRect().top - 80) < 30`);
    await context.close();
  });

  it("opens the fact of a shared link, with its sources and the claim against it", async () => {
    const { page, context, complaints } = await visit(browser, `${home}#facts-ae-joined-tps`);
    const details = page.locator("#facts-ae-joined-tps + .detail");
    await details.getByText("conflicting claim").waitFor();
    expect(await details.locator("li a").first().getAttribute("href")).toMatch(/^https:/);
    await until(page, `document.activeElement?.id === "facts-ae-joined-tps"`);
    await shot(page, "04-desktop-detail");
    expect(await axe(page)).toEqual([]);
    await details.locator(".claims a, .by a").first().click();
    await until(page, `document.activeElement?.id !== "facts-ae-joined-tps" && document.activeElement?.id.startsWith("facts-")`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("copies the link and the record of a fact", async () => {
    const { page, context } = await visit(browser, `${home}#facts-ae-joined-tps`, { permissions: ["clipboard-read", "clipboard-write"] });
    const details = page.locator("#facts-ae-joined-tps + .detail");
    const clip = (): Promise<string> => page.evaluate("navigator.clipboard.readText()") as Promise<string>;
    await details.getByRole("button", { name: "Copy link (latest)" }).click();
    await expect.poll(clip).toBe(`${home}#facts-ae-joined-tps`);
    await page.getByText("Link copied").waitFor();
    await details.getByRole("button", { name: `Copy link (${newest}, never changes)` }).click();
    await expect.poll(clip).toBe(`${home}${newest}/#facts-ae-joined-tps`);
    await page.getByRole("searchbox").fill("sudan");
    await page.getByRole("button", { name: `Copy link to this view (${newest}, never changes)` }).click();
    await expect.poll(clip).toBe(`${home}${newest}/?q=sudan`);
    await page.getByRole("button", { name: "Copy link to this view (latest)" }).click();
    await expect.poll(clip).toBe(`${home}?q=sudan`);
    await page.goto(`${home}#facts-ae-joined-tps`);
    await details.getByRole("button", { name: "Copy as JSON" }).click();
    await page.getByText("JSON copied").waitFor();
    const records = (await readFile(join(site.store, `abraham-accords/${newest}/facts.ndjson`), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: string });
    expect(JSON.parse(await clip())).toEqual(records.find(({ id }) => id === "ae-joined-tps"));
    await page.getByText("files, with sizes and checksums").click();
    await page.getByRole("button", { name: "Checksum of facts.csv" }).click();
    await page.getByText("Checksum copied").waitFor();
    const sums = await readFile(join(site.store, `abraham-accords/${newest}/SHA256SUMS`), "utf8");
    expect(sums).toContain(`${await clip()}  facts.csv`);
    await page.getByRole("button", { name: "Copy the address of facts.csv" }).click();
    await page.getByText("Address copied").waitFor();
    expect(await clip()).toBe(`${home}${newest}/facts.csv`);
    await page
      .getByRole("button", { name: /Copy the code for the pinned/ })
      .first()
      .click();
    await until(page, `navigator.clipboard.readText().then((text) => text.startsWith("curl"))`);
    expect(await clip()).toBe(`curl -fLO ${home}${newest}/facts.csv`);
    // Code that begins like a path is none.
    const pinned = page.getByRole("button", { name: /Copy the code for the pinned/ }).first();
    await pinned.evaluate(({ previousElementSibling }) => previousElementSibling?.replaceChildren("/* Read it. */"));
    await pinned.click();
    await expect.poll(clip).toBe("/* Read it. */");
    await page.locator(".compared").getByRole("button", { name: "Copy link" }).click();
    await expect.poll(clip).toMatch(new RegExp(`^${home}\\?compare=[0-9.]+\\.\\.\\.${newest}#comparison$`));
    await context.close();
  });

  it("saves the rows of a view as in the published CSV", async () => {
    const { page, context } = await visit(browser, `${home}?conflicts=1&sort=-date`);
    await until(page, SEARCHED);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Download \d+ rows/ }).click()]);
    const saved = await readFile(await download.path(), "utf8");
    const [head, ...published] = csvRecords(await readFile(join(site.store, `abraham-accords/${newest}/facts.csv`), "utf8"));
    const shown = await rowIds(page);
    const date = (fact: Record<string, string>): string => fact["value_date"] as string;
    const contradicts = (a: Record<string, string>, b: Record<string, string>): boolean =>
      a["conflict"] === b["conflict"] &&
      a["value"] !== b["value"] &&
      !(date(a) && date(b) && (date(a).startsWith(date(b)) || date(b).startsWith(date(a))));
    const disputed = facts.filter((fact) => fact["conflict"] && facts.some((other) => contradicts(fact, other)));
    expect(disputed.length).toBeGreaterThan(40);
    expect(shown.toSorted()).toEqual(disputed.map(({ id }) => `facts-${id}`).toSorted());
    expect(saved).toBe([head, ...shown.map((id) => published[facts.findIndex((fact) => `facts-${fact["id"]}` === id)])].join(""));
    await context.close();
  });

  it("can be used with the keyboard alone", async () => {
    const { page, context } = await visit(browser, home);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    await page.getByRole("searchbox").focus();
    await page.keyboard.type("israel");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Show the timeline" }).focus();
    await page.keyboard.press("Enter");
    const first = page.locator("[data-mark][tabindex='0']");
    await first.focus();
    const at = (): Promise<string> => page.evaluate("document.activeElement.getAttribute('href')") as Promise<string>;
    const start = await at();
    await page.keyboard.press("ArrowRight");
    const second = await at();
    expect(second).not.toBe(start);
    await page.keyboard.press("End");
    const last = await at();
    await page.keyboard.press("Home");
    expect(await at()).toBe(start);
    expect(new Set([start, second, last]).size).toBe(3);
    expect(await page.locator("[data-mark][tabindex='0']").count()).toBe(1);
    await page.keyboard.press("Enter");
    await until(page, `"#" + document.activeElement.id === ${JSON.stringify(start)}`);
    await page.getByRole("button", { name: "Date", exact: true }).focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("th[aria-sort]").count()).toBe(1);
    expect(await page.locator("th[aria-sort=ascending] button").textContent()).toBe("Date");
    await page.keyboard.press("Enter");
    expect(await page.locator("th[aria-sort=descending] button").textContent()).toBe("Date");
    await context.close();
  });

  it("shows a linked fact even if a filter hides it, and accepts any address", async () => {
    const { page, context, complaints } = await visit(
      browser,
      `${home}?q=Bahrain&sort=__proto__&certainty=%3Cscript%3E&page=999&conflicts=0`,
    );
    await until(page, SEARCHED);
    expect((await rowIds(page)).length).toBeGreaterThan(0);
    await page.evaluate(`location.hash = "facts-sd-joined-alarabiya"`);
    await until(page, `document.activeElement?.id === "facts-sd-joined-alarabiya"`);
    expect(new URL(page.url()).search).toBe("");
    await page.evaluate(`location.hash = "facts-%E0%A4%A"`);
    await page.evaluate(`location.hash = "use"`);
    await page.evaluate(`location.hash = "facts-ae-joined-tps"`);
    await until(page, `document.activeElement?.id === "facts-ae-joined-tps"`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("compares any two versions, field by field", async () => {
    const { page, context, complaints } = await visit(browser, home);
    const catalogue = JSON.parse(await readFile(join(site.store, "abraham-accords/releases.json"), "utf8")) as Catalogue;
    const oldest = catalogue.releases.at(-1)?.version ?? "";
    await page.locator(".compared select").first().selectOption(oldest);
    await page.getByRole("heading", { name: `What changed from ${oldest} to ${newest}` }).waitFor();
    const address = `${home}?compare=${oldest}...${newest}`;
    expect(page.url()).toBe(address);
    expect(new URL((await page.getByRole("link", { name: "Link to this comparison" }).getAttribute("href")) ?? "", home).href).toBe(
      `${address}#comparison`,
    );
    await page.goto("about:blank");
    await page.goto(`${address}#comparison`);
    await page.getByRole("heading", { name: `What changed from ${oldest} to ${newest}` }).waitFor();
    expect(await page.locator("link[rel=canonical]").getAttribute("href")).toBe(address);
    await page.goto("about:blank");
    await page.goto(`${home}?compare=${newest}...9.9.9#comparison`);
    await page.getByText(`${newest} and 9.9.9 could not be compared: there is no version 9.9.9.`).waitFor();
    await page.locator(".compared select").first().selectOption(oldest);
    await page.getByRole("heading", { name: `What changed from ${oldest} to ${newest}` }).waitFor();
    const read = async (version: string, table: string): Promise<Map<string, string>> => {
      const path = join(site.store, `abraham-accords/${version}/${table}.ndjson`);
      if (!existsSync(path)) return new Map();
      const text = await readFile(path, "utf8");
      return new Map(
        text
          .trim()
          .split("\n")
          .map((line) => [String(Object.values(JSON.parse(line) as object)[0]), line]),
      );
    };
    const expected = { changed: new Map<string, number>(), added: new Map<string, number>() };
    for (const table of ["facts", "entities", "properties", "sources", "publishers", "countries", "scores"]) {
      const [old, now] = [await read(oldest, table), await read(newest, table)];
      for (const [id, line] of now) {
        const counts = old.get(id) === line ? undefined : old.has(id) ? expected.changed : expected.added;
        counts?.set(table, (counts.get(table) ?? 0) + 1);
      }
    }
    for (const kind of ["added", "changed"] as const) {
      const text = (await page.locator(`.counts .${kind}`).textContent()) ?? "";
      const shown = [...text.matchAll(/\d[\d,]*(?= \w)/g)].map(([count]) => Number(count.replaceAll(",", "")));
      expect([text.endsWith(` ${kind}`), shown.sort()]).toEqual([true, [...expected[kind].values()].sort()]);
    }
    await page.getByText(/^\d+ more kinds? of change$/).click();
    await page.locator(".change.changed summary:visible").first().click();
    await page.locator(".change.changed ins").first().waitFor();
    expect(await axe(page)).toEqual([]);
    await page.locator("#versions").scrollIntoViewIfNeeded();
    await shot(page, "07-desktop-lower");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("verifies a release in the browser, and names the file that was changed", async () => {
    const { page, context, complaints } = await visit(browser, home);
    await page.getByText(/^Check a download/).click();
    await page.getByRole("link", { name: "Let your browser verify this release" }).click();
    await page
      .locator("#verdict", {
        hasText: `Choose the files that you downloaded, or press “Verify” to check only the files of abraham-accords ${newest}`,
      })
      .waitFor();
    expect(await page.locator("#steps li").count()).toBe(0);
    await page.getByRole("button", { name: "Verify" }).click();
    await page.locator("#verdict.unknown", { hasText: "Not authenticated" }).waitFor();
    expect(await page.locator("#verdict a").getAttribute("href")).toBe(`/abraham-accords/${newest}/`);
    expect(await page.locator("pre").first().textContent()).toContain(`at=${home}${newest}\n`);
    const {
      keys: [known],
    } = JSON.parse(await readFile(join(site.store, ".well-known/jwks.json"), "utf8")) as { keys: { kid: string }[] };
    // A complete key id verifies at once.
    await page.getByLabel("Key id that you know").fill(known?.kid ?? "");
    const unchecked = page.locator("#verdict.unknown", { hasText: /No file of yours was checked.*signed by the key that you named/ });
    await unchecked.waitFor();
    expect(await page.locator("#verdict.ok").count()).toBe(0);
    expect(await page.locator("#passed summary").textContent()).toMatch(/^✓ \d+ checks passed$/);
    expect(await page.locator("#steps .ok").count()).toBeGreaterThan(20);
    expect(await axe(page)).toEqual([]);
    await shot(page, "verify");
    const copy = page.getByLabel("Files that you downloaded");
    await copy.setInputFiles(join(site.store, `abraham-accords/${newest}/countries.csv`));
    await page.getByText("Your file countries.csv is unchanged").waitFor();
    await page.locator("#verdict.ok", { hasText: /Your file is as published here.*signed by the key that you named/ }).waitFor();
    await copy.setInputFiles({ name: "countries.csv", mimeType: "text/csv", buffer: Buffer.from("country\n") });
    await page.getByText(`Your copy of countries.csv differs from the file in ${newest}`).waitFor();
    expect(await page.locator("#passed summary").textContent()).toMatch(/^\d+ checks passed before one failed$/);
    await copy.setInputFiles([]);
    await unchecked.waitFor();
    await appendFile(join(site.store, `abraham-accords/${newest}/facts.csv`), "\n");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("facts.csv was changed").waitFor();
    const text = await readFile(join(site.store, `abraham-accords/${newest}/facts.csv`), "utf8");
    await writeFile(join(site.store, `abraham-accords/${newest}/facts.csv`), text.slice(0, -1));
    await rename(join(site.store, `abraham-accords/${newest}/SHA256SUMS.jws`), join(site.folder, "jws"));
    await page.getByRole("button", { name: "Verify" }).click();
    await page.locator("#verdict", { hasText: "is not signed by the key that you named" }).waitFor();
    expect(await page.locator("#verdict.ok").count()).toBe(0);
    await rename(join(site.folder, "jws"), join(site.store, `abraham-accords/${newest}/SHA256SUMS.jws`));
    const jwks = join(site.store, ".well-known/jwks.json");
    const keys = await readFile(jwks, "utf8");
    const other = JSON.parse(keys) as { keys: { x: string; y: string }[] };
    const forged = other.keys.map((key) => ({ ...key, x: key.y, y: key.x }));
    await writeFile(jwks, JSON.stringify({ keys: forged }));
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("does not match, or was not made with a public key").waitFor();
    await writeFile(jwks, keys);
    expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
    await context.close();
  });

  // `FACTPRESS_WRITE=1 npx vitest run --project browser tests/suites/browser/explorer.test.ts -t README` writes docs/pictures.
  it("draws the pictures of the README, which are small", async () => {
    const pictures = await readmePictures(browser, site);
    for (const [name, bytes] of Object.entries(pictures)) {
      expect([bytes.toString("latin1", 1, 4), bytes.readUInt32BE(16)], name).toEqual(["PNG", 1_000]);
      expect(bytes.length, name).toBeGreaterThan(5_000);
      expect(bytes.length, name).toBeLessThan(100_000);
    }
    if (process.env["FACTPRESS_WRITE"] === "1") await write(join(ROOT, "docs/pictures"), pictures);
    const [alt = ""] = (/alt="(factpress check: [^"]*)"/.exec(await readFile(join(ROOT, "README.md"), "utf8")) ?? []).slice(1);
    const [, line, message, remedy] =
      /^factpress check: facts\/oman\.json, line (\d+): (.*)\. (Did you mean .*)$/.exec(alt.replaceAll("&quot;", '"')) ?? [];
    expect(await checkedMistake()).toBe(
      `\u001b[1mdata/abraham-accords/facts/oman.json:${line}:18\u001b[0m  certainty\n  \u001b[31m${message}\u001b[0m\n  ${remedy}\n\n\u001b[1m1 problem in data/abraham-accords\u001b[0m\n`,
    );
  });

  it("links a fact to its card, whose citation and embed are copied with version and source", async () => {
    const { page, context, complaints } = await visit(browser, `${home}#facts-kz-accords-announced-tps`);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("link", { name: "Cite or embed of Kazakhstan" }).click();
    await page.waitForURL(`${home}facts/kz-accords-announced-tps/#cite`);
    const pinned = `${home}${newest}/#facts-kz-accords-announced-tps`;
    await page.getByRole("button", { name: "Copy citation" }).click();
    await page.getByText("Text copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toMatch(
      new RegExp(
        `^Kazakhstan: .* says TPS-IL \\(2025-11-06\\) \\(https://israel\\.com/[^)]*\\)\\. In: .*\\(version ${newest.replaceAll(".", "\\.")}\\) \\[data set\\]\\. ${pinned}$`,
      ),
    );
    await page.getByRole("button", { name: "Copy embed" }).click();
    await until(page, "navigator.clipboard.readText().then((text) => text.startsWith('<blockquote'))");
    const embed = String(await page.evaluate("navigator.clipboard.readText()"));
    const links = [...embed.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href);
    expect(links).toEqual([`${home}facts/kz-accords-announced-tps/`, expect.stringMatching(/^https:\/\/israel\.com\//), pinned]);
    await page.goto(pinned);
    await until(page, "document.activeElement?.id === 'facts-kz-accords-announced-tps'");
    await page.goto(`${home}1.0.0/`);
    const [row = ""] = await rowIds(page);
    await page.evaluate(`location.hash = ${JSON.stringify(row)}`);
    await page.getByRole("button", { name: "Copy citation" }).first().click();
    await page.getByText("Citation copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toMatch(
      new RegExp(`\\(version 1\\.0\\.0\\) \\[data set\\]\\. ${home}1\\.0\\.0/#${row}$`),
    );
    await page.goto(`${home}entities/country-KZ/`);
    await page.getByText("Cite this answer").click();
    await page.getByRole("button", { name: "Copy the citation" }).click();
    await page.getByText("Text copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toMatch(
      /^Kazakhstan: .* 3 other claims differ\. Announced on 6 Nov 2025, says .*\/\?subject=country%3AKZ#explore$/,
    );
    const picture = await page.request.get(`${home}facts/kz-accords-announced-tps/card.png`);
    expect([picture.status(), picture.headers()["content-type"]]).toEqual([200, "image/png"]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  const DESKTOP = { width: 1280, height: 900 };
  const PHONE = { width: 390, height: 844 };
  const ROW = "#facts-sd-joined-alarabiya";
  const CARD = "facts/kz-accords-announced-tps/";
  const SOURCE = "sources/tps-il-2025-11-06/";
  const PLACES = ["", ROW, "entities/country-KZ/", CARD, SOURCE, "sources/", "columns/", "1.0.0/", "../verify/", "../", "nothing/"];
  it.each([
    ["desktop", "light", DESKTOP, PLACES],
    ["desktop", "dark", DESKTOP, [ROW, "entities/country-KZ/"]],
    ["phone", "light", PHONE, [ROW, "entities/country-KZ/"]],
    ["phone", "dark", PHONE, [ROW, CARD, "../verify/"]],
  ] as const)(
    "is accessible on a %s in %s colours",
    async (name, theme, viewport, places) => {
      const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: "reduce" });
      for (const place of places) {
        const page = await context.newPage();
        await page.goto(new URL(place, home).href, { waitUntil: "load" });
        if (place === ROW) await page.locator(`${ROW} + .detail .tools`).waitFor();
        expect(await axe(page), place).toEqual([]);
        await shot(page, `${name}-${theme}-${place.replace(/\W+/g, "-") || "top"}`);
        await page.close();
      }
      await context.close();
    },
    180_000,
  );

  it("is accessible where something is gone: pages of a removed version, an ended dataset, and a card", async () => {
    const env = pageEnvironment("/assets/", site.url);
    const catalogue = JSON.parse(await readFile(join(site.store, "abraham-accords/releases.json"), "utf8")) as Catalogue;
    const [name, title] = ["abraham-accords", "The Abraham Accords"];
    const ended = { date: "2026-04-01T08:00:00Z", commit: "0".repeat(40), reason: "Done", continuedAs: "bridges" };
    const texts = [
      await removedPage({ name, title, version: "1.0.0", reason: "Not ours.", env }),
      await nothingCurrentPage({ name, title, catalogue, env }),
      await nothingCurrentPage({ name, title, catalogue, ended, env }),
      await missingPage(env, [{ name, title }], `/${name}/#facts-gone`),
    ];
    for (const [i, body] of texts.entries()) {
      const context = await browser.newContext({ viewport: i % 2 === 0 ? DESKTOP : PHONE });
      const page = await context.newPage();
      await page.route(`${home}made/`, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
      await page.goto(`${home}made/`);
      expect(await axe(page), String(i)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await context.close();
    }
  });

  it("shows each column in full beside the sources on a laptop", async () => {
    const { page, context } = await visit(browser, home, { viewport: { width: 1280, height: 800 } });
    const [rank, sources] = await Promise.all(
      ["td.rank", "td.opens"].map((cell) => page.locator(`#explorer tr[id] > ${cell}`).first().boundingBox()),
    );
    expect(rank?.width).toBeGreaterThan(0);
    expect((rank?.x ?? Number.NaN) + (rank?.width ?? 0)).toBeLessThanOrEqual(sources?.x ?? 0);
    await context.close();
  });

  it.each([320, 390, 768, 1280])("does not scroll sideways at %i pixels", async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    for (const place of PLACES) {
      const page = await context.newPage();
      await page.goto(new URL(place, home).href);
      expect(await overflow(page), place).toBe(0);
      await page.close();
    }
    await context.close();
  });

  it("works in forced colours and in print", async () => {
    const { page, context } = await visit(browser, home, { forcedColors: "active" });
    expect(await axe(page)).toEqual([]);
    await page.locator("#explore").scrollIntoViewIfNeeded();
    await shot(page, "19-forced-colors");
    // A bar without a fill is the only sign of a lower certainty that the symbol has.
    const fills = `(name) => [...new Set([...document.querySelectorAll(".sprite [id^=_level-] ." + name)].map((bar) => getComputedStyle(bar).fill))]`;
    expect(await page.evaluate(`(${fills})("none")`)).toEqual(["none"]);
    const full = (await page.evaluate(`(${fills})("full")`)) as string[];
    expect([full.length, full.includes("none")]).toEqual([1, false]);
    await page.emulateMedia({ media: "print", forcedColors: "none" });
    expect(await page.locator(".filters:visible").count()).toBe(0);
    expect(await page.locator("#explorer tr[id]:visible").count()).toBe(FIRST_ROWS);
    await context.close();
  });

  it("prints all facts once they were fetched, those of a view with its filters, and otherwise explains how", async () => {
    const { page, context } = await visit(browser, home);
    const printed = page.locator(".printed");
    const print = async (event: string): Promise<void> => {
      await page.evaluate(`dispatchEvent(new Event("${event}print"))`);
    };
    await print("before");
    expect(await printed.textContent()).toBe(`Printed: ${FIRST_ROWS} of ${facts.length} facts. Show all of them before you print.`);
    await print("after");
    expect(await printed.isVisible()).toBe(false);
    await page.evaluate("window.print = () => { window.hasPrinted = true; }");
    await page.keyboard.press("Control+p");
    await until(page, "window.hasPrinted === true");
    await print("before");
    await until(page, `document.querySelectorAll("#explorer tr[id]").length === ${facts.length}`);
    expect(await printed.textContent()).toBe("");
    await print("after");
    await until(page, `document.querySelectorAll("#explorer tr[id]").length === ${FIRST_ROWS}`);
    await page.getByRole("button", { name: /^Refuted/ }).click();
    await until(page, SEARCHED);
    const refuted = facts.filter(({ certainty }) => certainty === "refuted").length;
    await expect.poll(() => printed.textContent()).toBe(`${refuted} of ${facts.length} facts: Refuted. `);
    await page.emulateMedia({ media: "print" });
    expect(await printed.isVisible()).toBe(true);
    await context.close();
  });

  it("finds facts at the first key press: they are fetched when the search field is approached", async () => {
    const { page, context } = await visit(browser, home);
    const fetched = `performance.getEntriesByType("resource").filter(({ name }) => name.includes("/explorer/")).length`;
    expect(await page.evaluate(fetched)).toBe(0);
    await Promise.all([page.waitForResponse(/\/explorer\//), page.getByRole("searchbox").focus()]);
    await page.keyboard.type("Kazakhstan");
    await until(page, SEARCHED);
    expect(await page.evaluate(fetched)).toBe(1);
    await context.close();
  });

  it.each([
    ["a phone", { width: 390, height: 844 }],
    ["a laptop", { width: 1280, height: 900 }],
  ])("does not shift its layout while it loads on %s with a slow processor and network", async (_, viewport) => {
    for (const place of [home, new URL("entities/country-KZ/", home).href]) {
      const { page, context } = await slowPage(browser, viewport);
      await page.goto(place, { waitUntil: "networkidle" });
      expect(await shifts(page), place).toEqual([]);
      await context.close();
    }
  });

  it("does not exchange the font if that arrives after the first paint", async () => {
    const { page, context } = await slowPage(browser, { width: 1280, height: 900 });
    let arrive = (): void => undefined;
    const late = new Promise<void>((done) => {
      arrive = done;
    });
    await page.route("**/*.woff2", async (route) => {
      await late;
      await route.continue();
    });
    await page.goto(home, { waitUntil: "domcontentloaded" });
    await until(
      page,
      "performance.getEntriesByName('first-contentful-paint').length === 1 && document.documentElement.dataset.live === ''",
    );
    arrive();
    await page.waitForLoadState("networkidle");
    expect(await shifts(page)).toEqual([]);
    await context.close();
  });

  it("is styled by a file if the server's policy refuses the style of the page", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route(/\/$/, async (route) => {
      const response = await route.fetch();
      const policy = response.headers()["content-security-policy"]?.replace(/ 'sha256-[^']+'/, "");
      await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy ?? "" } });
    });
    for (const place of ["", "entities/country-KZ/", "../verify/"]) {
      await page.goto(new URL(place, home).href);
      await until(page, "getComputedStyle(document.documentElement).getPropertyValue('--line') !== ''");
    }
    await context.close();
  });

  it("lists the values of a filter only once it is used, so that no key in the search counts them", async () => {
    const { page, context } = await visit(browser, home);
    const options = page.locator(`${SOURCE_FILTER} option`);
    await page.getByRole("searchbox").focus();
    expect(await options.count()).toBe(1);
    await page.locator(SOURCE_FILTER).focus();
    await expect.poll(() => options.count()).toBeGreaterThan(20);
    await context.close();
  });

  it("describes itself to search engines", async () => {
    const { page, context } = await visit(browser, home);
    const described = JSON.parse((await page.locator("script[type='application/ld+json']").textContent()) ?? "") as Record<string, unknown>;
    for (const field of [
      "name",
      "description",
      "alternateName",
      "creator",
      "identifier",
      "isAccessibleForFree",
      "keywords",
      "license",
      "temporalCoverage",
      "variableMeasured",
      "version",
      "url",
      "distribution",
    ])
      expect(described[field], field).toBeTruthy();
    const files = described["distribution"] as { contentUrl: string; sha256: string; contentSize: string; encodingFormat: string }[];
    const csv = files.find(({ contentUrl }) => contentUrl.endsWith("/facts.csv"));
    const bytes = await readFile(join(site.store, `abraham-accords/${newest}/facts.csv`));
    expect([csv?.contentUrl, csv?.contentSize, csv?.encodingFormat]).toEqual([
      `${home}${newest}/facts.csv`,
      `${bytes.length} B`,
      "text/csv",
    ]);
    for (const [rel, href] of [
      ["canonical", home],
      ["license", "https://creativecommons.org/licenses/by/4.0/"],
      ["alternate", "/abraham-accords/feed.xml"],
    ])
      expect(await page.locator(`head link[rel=${rel}][href='${href}']`).count(), rel).toBe(1);
    const map = await (await fetch(`${site.url}/sitemap.xml`)).text();
    const mapped = (map.match(/<loc>[^<]*/g) ?? []).map((text) => text.slice("<loc>".length));
    expect(mapped.slice(0, 4)).toEqual([`${site.url}/`, home, `${home}sources/`, `${home}columns/`]);
    expect(mapped).toEqual(expect.arrayContaining([`${home}entities/country-KZ/`, `${home}sources/tps-il-2025-11-06/`]));
    const { releases } = JSON.parse(await readFile(join(site.store, "abraham-accords/releases.json"), "utf8")) as Catalogue;
    const versions = releases.map(({ version }) => version);
    expect(mapped.filter((address) => address.includes("?"))).toEqual(
      versions.slice(0, -1).map((version, i) => `${home}?compare=${versions[i + 1]}...${version}`),
    );
    expect(new Set(mapped).size).toBe(mapped.length);
    for (const address of mapped) expect((await fetch(address, { method: "HEAD" })).status, address).toBe(200);
    expect(await (await fetch(`${site.url}/robots.txt`)).text()).toContain(`Sitemap: ${site.url}/sitemap.xml`);
    await context.close();
  });

  it("links an old version to the newest, and a subject to statements about it", async () => {
    const { page, context } = await visit(browser, `${home}1.0.0/`);
    await page.getByText("You are reading version 1.0.0.").waitFor();
    expect(await page.locator(".contents").getByRole("link", { name: "Version 1.0.0, not the latest" }).getAttribute("href")).toBe(
      "/abraham-accords/",
    );
    expect(await page.locator("meta[name=robots]").getAttribute("content")).toBe("noindex");
    await shot(page, "13-old-version");
    await page.getByRole("link", { name: "See the latest version" }).click();
    await page.waitForURL(home);
    await page.locator(".answers").getByRole("link", { name: "Kazakhstan" }).click();
    await page.waitForURL(`${home}entities/country-KZ/`);
    const about = facts.filter((fact) => fact["subject"] === "country:KZ");
    expect(await page.locator("#about ~ details article").count()).toBeGreaterThanOrEqual(about.length);
    await shot(page, "subject");
    await context.close();
  });
});
