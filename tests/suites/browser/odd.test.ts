import { execFile } from "node:child_process";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { FIRST_ROWS, FIRST_ROWS_OF_MANY } from "../../../lib/site/limits.ts";
import { importHistory } from "../../git-repositories.ts";
import { launch, type Site, shifts, slowPage, startSite, until, visit } from "./browser.ts";

const git = (cwd: string, ...args: string[]) =>
  promisify(execFile)("git", ["-C", cwd, "-c", "user.name=a", "-c", "user.email=a@example.org", ...args]);

/** A dataset of one table; what a test is about is laid over it. */
function dataset(
  properties: object,
  records: object[],
  more: { schema?: object; metadata?: object; table?: object } = {},
): Record<string, unknown> {
  return {
    "data/odd/dataset.json": {
      name: "odd",
      title: "Odd things",
      description: "Things that are odd.",
      licenses: [{ name: "CC0-1.0" }],
      release: { version: "1.0.0" },
      ...more.metadata,
    },
    "data/odd/schema.json": {
      type: "object",
      properties: {
        things: {
          type: "array",
          title: "Things",
          primaryKey: ["id"],
          ...more.table,
          items: { type: "object", required: ["id"], properties: { id: { type: "string" }, ...properties } },
        },
        ...more.schema,
      },
    },
    "data/odd/things.json": records,
  };
}

const rowCount = (page: Page): Promise<number> => page.locator("#explorer tbody tr[id]").count();
const overflow = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") as Promise<number>;

describe("the explorer of a dataset", () => {
  let browser: Browser;
  let site: Site | undefined;
  const serve = async (files: Record<string, unknown>): Promise<string> => {
    site = await startSite(files);
    return `${site.url}/odd/`;
  };
  const axe = async (page: Page): Promise<unknown> => {
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    return page.evaluate(
      "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))",
    );
  };
  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(async () => {
    await site?.close();
    site = undefined;
  });
  afterAll(() => browser?.close());

  it("with records whose anchors equal ids of the page works, and keeps their anchors", async () => {
    const keys = ["island", "model", "model-model", "1"];
    const { "data/odd/things.json": _, ...others } = dataset({}, []) as Record<string, unknown>;
    const page = await visit(
      browser,
      await serve({
        ...others,
        "data/odd/schema.json": {
          type: "object",
          properties: {
            versions: {
              type: "array",
              title: "Versions",
              primaryKey: ["id"],
              items: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
            },
          },
        },
        "data/odd/versions.json": keys.map((id) => ({ id })),
      }),
    );
    expect(page.complaints).toEqual([]);
    for (const key of keys) expect(await page.page.locator(`tr[id="versions-${key}"]`).count()).toBe(1);
    expect(
      await page.page.evaluate(
        "[...document.querySelectorAll('[id]')].length === new Set([...document.querySelectorAll('[id]')].map(({ id }) => id)).size",
      ),
    ).toBe(true);
    await page.context.close();
  });

  it("without dates, sources or roles shows its columns and filters by listed values", async () => {
    const url = await serve(
      dataset(
        {
          name: { type: "string", title: "Name" },
          kind: { type: "string", title: "Kind", enum: ["big", "small"] },
          size: { type: "number", title: "Size" },
          old: { type: "boolean", title: "Old" },
        },
        [
          { id: "a", name: "Alpha", kind: "big", size: 10, old: true },
          { id: "b", name: "Beta", kind: "small", size: 9 },
        ],
      ),
    );
    const { page, context, complaints } = await visit(browser, url);
    expect(await page.locator(".timeline").count()).toBe(0);
    await page.getByRole("button", { name: "small 1" }).click();
    expect(await rowCount(page)).toBe(1);
    expect(new URL(page.url()).search).toBe("?kind=small");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("button", { name: "Size", exact: true }).click();
    expect(await page.locator("#explorer tbody tr[id]").first().getAttribute("id")).toBe("things-b");
    expect(await page.getByText("nothing to compare").count()).toBe(1);
    expect([await axe(page), await overflow(page), complaints]).toEqual([[], 0, []]);
    await context.close();
  });

  it("shows the distribution of each column, and filters by a bar, a value and a range", async () => {
    const records = Array.from({ length: 40 }, (_, i) => ({
      id: `t${i}`,
      land: ["Kenya", "Peru", "Chad", "Mali", "Fiji"][i % 4 === 0 ? 0 : i % 5],
      height: i === 39 ? undefined : i * 400,
      opened: `${1950 + i}-06-01`,
    }));
    const properties = {
      land: { type: "string", title: "Land" },
      height: { type: "integer", title: "Height (m)" },
      opened: { type: "string", format: "date", title: "Opened" },
    };
    const { page, context, complaints } = await visit(browser, await serve(dataset(properties, records)));
    const head = page.locator(".distributions");
    expect(await head.locator("td").nth(2).textContent()).toBe("0 to 15,200 m1 missing");
    const kenya = records.filter(({ land }) => land === "Kenya").length;
    const share = head.getByRole("button", { name: /^Kenya/ });
    expect(await share.textContent()).toBe(`Kenya ${Math.round((100 * kenya) / 40)}%`);
    await share.click();
    // The page fetches the rows that it does not hold.
    await until(page, `document.querySelectorAll("#explorer tbody tr[id]").length === ${kenya}`);
    expect([await rowCount(page), new URL(page.url()).search, await share.getAttribute("aria-pressed")]).toEqual([
      kenya,
      "?land=Kenya",
      "true",
    ]);
    await share.click();
    const bars = head.getByRole("img", { name: /^Height \(m\), how many rows: 0 below 1000: 3; 1000 below 2000: 2;/ });
    const box = await bars.boundingBox();
    await bars.click({ position: { x: (box?.width ?? 0) * 0.1, y: 20 } });
    expect([await rowCount(page), new URL(page.url()).search]).toEqual([2, "?height=1000..%3C2000"]);
    expect(await bars.locator(".picked").count()).toBe(1);
    expect(await page.getByLabel("Height (m), from").inputValue()).toBe("1000");
    expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByLabel("Opened, from").fill("1980");
    await page.getByLabel("Opened, from").press("Enter");
    await page.getByLabel("Opened, to").fill("June 1981");
    await page.getByLabel("Opened, to").press("Enter");
    expect([await rowCount(page), new URL(page.url()).search]).toEqual([2, "?opened=1980..June+1981"]);
    await page.getByLabel("Opened, to").fill("soon");
    await page.getByLabel("Opened, to").press("Enter");
    expect(await page.getByLabel("Opened, to").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("Opened, to").inputValue()).toBe("soon");
    await page.getByText("Not a date: “soon”.").waitFor();
    expect(new URL(page.url()).search).toBe("?opened=1980..June+1981");
    expect([await axe(page), complaints]).toEqual([[], []]);
    await context.close();
  });

  it("with places draws them on a map, only matching ones when filtered, and below the rows on a phone", async () => {
    const records = Array.from({ length: 300 }, (_, i) => ({
      id: `p${i}`,
      kind: i < 40 ? "north" : "south",
      ...(i === 0 ? {} : { latitude: i < 40 ? 60 - i / 10 : -(i / 10), longitude: (i * 7) % 170 }),
    }));
    const number = { type: "number" };
    const url = await serve(dataset({ kind: { enum: ["north", "south"] }, latitude: number, longitude: number }, records));
    const { page, context, complaints } = await visit(browser, url);
    const dots = async (): Promise<number> => ((await page.locator(".map .dots").getAttribute("d")) ?? "").split("M").length - 1;
    const all = await dots();
    expect(all).toBeGreaterThan(150);
    expect(await page.locator(".map figcaption").textContent()).toBe("Places of things, 29.9° S to 59.9° N, 0° E to 169° E");
    await page.getByRole("button", { name: "north 40" }).click();
    await until(page, `document.querySelector(".map figcaption").textContent.startsWith("Places of 39 things")`);
    expect(await dots()).toBeLessThan(all / 3);
    expect([await axe(page), await overflow(page), complaints]).toEqual([[], 0, []]);
    await page.setViewportSize({ width: 390, height: 844 });
    const [map, row] = [await page.locator(".map").boundingBox(), await page.locator("#explorer tbody tr[id]").last().boundingBox()];
    expect(map?.y).toBeGreaterThan(row?.y ?? 0);
    expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
    await context.close();
  });

  it("of measurements draws their times and certainty, and names each column on a phone", async () => {
    const url = await serve(
      dataset(
        {
          gauge: { type: "string", title: "Gauge" },
          at: { type: "string", title: "Time", format: "date-time", role: "time" },
          level: { type: "number", title: "Level (cm)" },
          quality: {
            enum: ["good", "estimated"],
            title: "Quality",
            role: "certainty",
            values: { good: { level: 4 }, estimated: { level: 1 } },
          },
        },
        [
          { id: "a", gauge: "Heilbronn", at: "2025-06-15T05:00:00Z", level: 85.4, quality: "good" },
          { id: "b", gauge: "Heilbronn", at: "2025-06-15T04:30:15+02:00", quality: "estimated" },
        ],
      ),
    );
    const { page, context, complaints } = await visit(browser, url);
    expect(await page.locator(".timeline [data-mark]").count()).toBe(2);
    expect(await page.locator("#things-a td").allTextContents()).toEqual(expect.arrayContaining(["15 Jun 2025, 05:00 UTC", "85.4"]));
    expect(await page.locator("#things-b").textContent()).toContain("15 Jun 2025, 04:30:15 +02:00");
    expect(await page.locator("#things-a td.certainty .glyph").count()).toBe(1);
    await page.getByRole("button", { name: "Time", exact: true }).click();
    expect(await page.locator("#explorer tbody tr[id]").first().getAttribute("id")).toBe("things-b");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate("scrollTo(0, 0)");
    expect((await page.locator("#explorer tbody tr[id]").first().boundingBox())?.y).toBeLessThan(844);
    expect(await page.locator("#things-a td.number").evaluate((cell) => getComputedStyle(cell, "::before").content)).toContain(
      "Level (cm)",
    );
    expect([await axe(page), await overflow(page), complaints]).toEqual([[], 0, []]);
    await context.close();
  });

  it("of more statements than fit on the page explains why a claim on another page is not preferred", async () => {
    const role = (name: string) => ({ type: "string", role: name });
    const records = Array.from({ length: 300 }, (_, i) => ({
      ...{ id: `s${i}`, about: i === 250 ? "k3" : `k${i}`, property: "height", said: String(i) },
      ...(i === 3 ? { group: "g", rank: "preferred" } : i === 250 ? { group: "g", rank: "deprecated", why: "Misread by its author." } : {}),
    }));
    const properties = {
      ...{ about: role("subject"), property: role("property"), said: role("value"), group: role("conflict"), why: role("reason") },
      rank: { enum: ["preferred", "normal", "deprecated"], role: "rank" },
    };
    const { page, context } = await visit(browser, `${await serve(dataset(properties, records))}#things-s3`);
    await page.locator("#things-s3 + .detail").getByText("Misread by its author.").waitFor();
    await context.close();
  });

  it("shows the code of the chosen tab, and of no other, also of a format that a test adds", async () => {
    const { page, context } = await visit(browser, await serve(dataset({ name: { type: "string" } }, [{ id: "only" }])));
    // A tab as a further format's would be; tests/guides/add-a-format.test.ts finds it in a page.
    await page.evaluate(`{
      const tabs = document.querySelector(".snippets .tabs");
      const [label, snippet] = [...tabs.children].slice(-2).map((one) => tabs.appendChild(one.cloneNode(true)));
      label.querySelector("span").textContent = "colg";
      snippet.className = "snippet colg";
    }`);
    const tabs = await page.locator(".snippets .tabs label").allTextContents();
    expect(tabs.length).toBeGreaterThan(5);
    for (const [i, tab] of tabs.entries()) {
      await page.getByRole("radio", { name: tab, exact: true }).check();
      const visible = await page.locator(".snippet").evaluateAll((all) => all.flatMap((one, at) => (one.checkVisibility() ? [at] : [])));
      expect(visible, tab).toEqual([i]);
    }
    await context.close();
  });

  it("uses the current address if none was set", async () => {
    site = await startSite(dataset({ name: { type: "string" } }, [{ id: "only", name: "One" }]), { saysAddress: false });
    const { page, context, complaints } = await visit(browser, `${site.url}/odd/`, { permissions: ["clipboard-read", "clipboard-write"] });
    expect(await page.locator(".snippet .curl .pinned code").textContent()).toBe(`curl -fLO ${site.url}/odd/1.0.0/things.csv`);
    expect(await page.locator("pre", { hasText: "[data set]" }).textContent()).toContain(`${site.url}/odd/1.0.0/`);
    await page.getByText(/^\d+ files, with sizes and checksums$/).click();
    expect(await page.getByRole("link", { name: "things.csv", exact: true }).evaluate((link) => (link as { href?: string }).href)).toBe(
      `${site.url}/odd/1.0.0/things.csv`,
    );
    await page.getByRole("button", { name: "Checksum of things.csv" }).click();
    await page.getByText("Checksum copied").waitFor();
    const sums = await readFile(join(site.store, "odd/1.0.0/SHA256SUMS"), "utf8");
    expect(sums).toContain(`${String(await page.evaluate("navigator.clipboard.readText()"))}  things.csv\n`);
    // Of a file that is offered at the top.
    await page.evaluate("navigator.clipboard.writeText('')");
    await page.getByRole("button", { name: "Copy the address of things.csv" }).click();
    await until(page, `navigator.clipboard.readText().then((text) => text === ${JSON.stringify(`${site.url}/odd/1.0.0/things.csv`)})`);
    await page.goto(`${site.url}/verify/`);
    await page.getByText(`at=${site.url}/DATASET/VERSION`).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("of one record counts it in the singular", async () => {
    const { page, context } = await visit(browser, await serve(dataset({ name: { type: "string" } }, [{ id: "only", name: "One" }])));
    expect(await page.locator("#explorer [role=status]").textContent()).toBe("1 thing");
    expect(await page.locator(".about").textContent()).toContain("1 thing");
    expect(await axe(page)).toEqual([]);
    await context.close();
  });

  it("of no record says so", async () => {
    const { page, context, complaints } = await visit(browser, await serve(dataset({ name: { type: "string" } }, [])));
    expect(await page.locator(".about").textContent()).toContain("0 things");
    expect([await axe(page), complaints]).toEqual([[], []]);
    await context.close();
  });

  it("with hostile markup in every field shows it as text", async () => {
    const evil = `<img src=x onerror="window.hit=1"></script><script>window.hit=1</script>{{x}}\${x}"'\`\u2028<!--`;
    const files = dataset(
      {
        name: { type: "string", title: evil, description: evil },
        note: {
          type: "string",
          enum: [evil, "b"],
          title: evil,
          values: { [evil]: { title: evil, description: evil, tone: "done" } },
          role: "status",
        },
        when: { type: "string", format: "edtf", role: "time" },
      },
      [
        { id: "a", name: evil, note: evil, when: "2020" },
        { id: "b", name: "Beta", note: "b" },
      ],
      {
        metadata: { title: evil, description: evil, keywords: [evil], contributors: [{ title: evil }] },
        table: { title: `Things ${evil}`, description: evil, board: { title: evil } },
      },
    );
    const { page, context, complaints } = await visit(browser, await serve(files));
    await page.getByRole("searchbox").fill("<img src=x");
    await until(page, `document.querySelectorAll("#explorer tbody tr[id]").length === 1`);
    await page.locator("#explorer tbody button").first().click();
    expect(await page.evaluate("window.hit")).toBeUndefined();
    expect(await page.locator("#explorer").textContent()).toContain(`<img src=x onerror="window.hit=1">`);
    expect(await page.locator("main img, main script:not([type])").count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("with arbitrary column names, references of several columns and labels in other tables works", async () => {
    const link = { type: "string", format: "uri" };
    const files = dataset(
      {
        name: { type: "string", title: "Same" },
        constructor: { type: "string", title: "Same", enum: ["1", "2"], values: { 1: { title: "Bridge" } } },
        __proto__x: { type: "integer", title: "-Same" },
        home: link,
        wiki: link,
      },
      [
        { id: "a#?% b", name: "A", constructor: "1", __proto__x: 1, home: "https://home.example/", wiki: "https://wiki.example/" },
        { id: "b", name: "B", constructor: "2", __proto__x: 2, wiki: "https://wiki.example/b" },
      ],
    );
    const { page, context, complaints } = await visit(browser, await serve(files));
    expect(await page.$$eval("#explorer td.link a", (links) => links.map((each) => each.getAttribute("href")))).toEqual([
      "https://home.example/",
      "https://wiki.example/",
      "https://wiki.example/b",
    ]);
    await page.getByRole("button", { name: "Bridge 1" }).click();
    expect([await rowCount(page), new URL(page.url()).search]).toEqual([1, "?constructor=1"]);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("button", { name: "-Same", exact: true }).click();
    await page.getByRole("button", { name: "-Same", exact: true }).click();
    await page.reload();
    await until(page, `document.querySelector("#explorer tbody tr[id]")?.id === "things-b"`);
    await page.goto(`${site?.url}/odd/#${encodeURIComponent("things-a#?% b")}`);
    await page.reload();
    await until(page, `document.activeElement?.id === "things-a#?% b"`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("with four thousand records that contradict each other stays small", async () => {
    const text = (role: string): object => ({ type: "string", role });
    const records = Array.from({ length: 4_000 }, (_, i) => ({
      id: `r${i}`,
      who: `w${i % 7}`,
      what: "size",
      said: String(i % 500),
      group: "one",
    }));
    const url = await serve(
      dataset({ who: text("subject"), what: text("property"), said: text("value"), group: text("conflict") }, records),
    );
    const { page, context, complaints } = await visit(browser, url);
    expect((await page.content()).length).toBeLessThan(2_000_000);
    expect(await page.getByRole("button", { name: /^≠?\s*Conflicting claims/ }).textContent()).toContain("4,000");
    expect(await page.locator("#explorer .claim").filter({ hasText: "more" }).first().textContent()).toBe("and 3,989 more claims");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("with long words and labels from right to left stays within the page", async () => {
    const files = dataset({ name: { type: "string", title: "Name" }, note: { type: "string", title: "Note" } }, [
      { id: "a", name: "Donaudampfschifffahrtsgesellschaft".repeat(12), note: "x".repeat(400) },
      { id: "b", name: "اتفاقيات إبراهيم", note: "הסכמי אברהם (2020)" },
    ]);
    for (const width of [320, 1280]) {
      const { page, context } = await visit(browser, site ? `${site.url}/odd/` : await serve(files), { viewport: { width, height: 800 } });
      expect(await overflow(page), String(width)).toBe(0);
      expect(await page.evaluate(`getComputedStyle(document.querySelector("#things-b th")).direction`)).toBe("rtl");
      await context.close();
    }
  });

  it("of more than fifty versions lists fifty, one of them withdrawn, and fetches the rest on request", async () => {
    site = await startSite(dataset({ n: { type: "integer", title: "N" } }, [{ id: "a", n: 0 }]));
    const { folder } = site;
    await git(folder, "init", "-q", "-b", "main");
    await git(folder, "remote", "add", "origin", "git@github.com:example/facts.git");
    await appendFile(join(folder, ".gitignore"), "store\n");
    const commits = Array.from({ length: 55 }, (_, i) => dataset({ n: { type: "integer", title: "N" } }, [{ id: "a", n: i + 1 }]));
    const release = { version: "1.0.0", withdrawn: [{ version: "1.0.20", reason: "It was wrong." }] };
    const metadata = commits[54]?.["data/odd/dataset.json"] as object;
    importHistory(folder, commits.with(54, { ...commits[54], "data/odd/dataset.json": { ...metadata, release } }));
    const ids = (await git(folder, "rev-list", "--reverse", "main")).stdout.trim().split("\n");
    // The first publish from git releases the tip only; what takes a release back comes after it.
    for (const count of [1, 54, 55]) {
      await git(folder, "reset", "-q", "--hard", ids[count - 1] as string);
      await site.publish();
    }
    const { page, context, complaints } = await visit(browser, `${site.url}/odd/`);
    expect(await page.locator(".history li").count()).toBe(50);
    expect((await page.locator(".history").allTextContents()).join()).toContain("Withdrawn: It was wrong.");
    await page.getByRole("button", { name: /^Show all \d+ versions/ }).click();
    await until(page, `document.querySelectorAll(".history li").length >= 55`);
    await page.locator(".compared select").first().selectOption("1.0.0");
    await page.getByRole("heading", { name: /What changed from 1\.0\.0 to/ }).waitFor();
    expect(await page.locator(".change del").textContent()).toBe("0");
    expect(await page.locator(".change ins").textContent()).toBe("55");
    expect(complaints).toEqual([]);
    await page.goto(`${site.url}/odd/1.0.20/`);
    await page.getByText("It was wrong.").first().waitFor();
    expect(await axe(page)).toEqual([]);
    await context.close();
  });

  it("with many records changed alike summarizes them, links to CHANGES.md, and lists them on request", async () => {
    const records = (n: number): object[] => Array.from({ length: 250 }, (_, i) => ({ id: `r${i}`, n: n + i }));
    site = await startSite(dataset({ n: { type: "integer", title: "N" } }, records(0)));
    const { folder } = site;
    await appendFile(join(folder, ".gitignore"), "store\n");
    await git(folder, "init", "-q", "-b", "main");
    for (const n of [0, 1]) {
      await writeFile(join(folder, "data/odd/things.json"), JSON.stringify(records(n)));
      await git(folder, "add", "data");
      await git(folder, "commit", "-qm", String(n));
    }
    await site.publish();
    const { page, context } = await visit(browser, `${site.url}/odd/#versions`);
    const link = await page.locator(".compared a", { hasText: "CHANGES.md" }).first().getAttribute("href");
    expect(await (await fetch(new URL(link ?? "", site.url))).text()).toContain("250 things corrected");
    expect(await page.locator(".change").count()).toBe(1);
    await page.getByText("250 things: N").click();
    await page.getByRole("button", { name: "Show 200 more changes" }).click();
    await until(page, `document.querySelectorAll(".change .change").length === 100`);
    expect(await axe(page)).toEqual([]);
    await context.close();
  });

  it("of twenty thousand records loads less than 300 kB without a layout shift, and searches, pages and links all of them", async () => {
    const records = Array.from({ length: 20_000 }, (_, i) => ({
      id: `r${i}`,
      name: `Thing ${i}`,
      kind: i % 3 ? "big" : "small",
      when: `${1900 + (i % 120)}`,
      note: `Something to say about number ${i}`,
    }));
    const url = await serve(
      dataset(
        {
          name: { type: "string", title: "Name" },
          kind: { type: "string", enum: ["big", "small"] },
          when: { type: "string", format: "edtf", role: "time" },
          note: { type: "string" },
        },
        records,
      ),
    );
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 1280, height: 900 },
    ]) {
      const slow = await slowPage(browser, viewport);
      await slow.page.goto(url, { waitUntil: "networkidle" });
      expect(await shifts(slow.page)).toEqual([]);
      await slow.context.close();
    }
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    let total = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => {
      total += encodedDataLength;
    });
    await page.goto(url, { waitUntil: "networkidle" });
    expect(total).toBeLessThan(300_000);
    expect(await rowCount(page)).toBe(FIRST_ROWS);
    await page.getByRole("button", { name: "Show more things" }).click();
    await until(page, `document.querySelectorAll("#explorer tbody tr[id]").length === 200`);
    await page.getByRole("button", { name: "Next" }).click();
    await until(page, `document.querySelector("#explorer tbody tr[id]")?.id === "things-r200"`);
    await page.getByRole("searchbox").fill("number 19999");
    await until(page, `document.querySelectorAll("#explorer tbody tr[id]").length === 1`);
    expect(await page.locator("#explorer [role=status]").textContent()).toBe("1 of 20,000 things: “number 19999”");
    await page.getByRole("searchbox").fill("");
    await page
      .locator(".pills")
      .getByRole("button", { name: /^small/ })
      .click();
    await until(page, `document.querySelector("#explorer [role=status]").textContent.startsWith("6,667 of")`);
    // On a slow machine too, where the search takes longer than a frame.
    await session.send("Emulation.setCPUThrottlingRate", { rate: 6 });
    await page.goto(`${url}#things-r12345`);
    await page.reload();
    await until(page, `document.activeElement?.id === "things-r12345"`);
    await context.close();
  });

  it("that is too large to explore says so and offers the files", async () => {
    const records = Array.from({ length: 25_001 }, (_, i) => ({ id: `r${i}` }));
    const { page, context } = await visit(browser, await serve(dataset({}, records)));
    await page.getByText("are too many to explore here").waitFor();
    expect(await rowCount(page)).toBe(FIRST_ROWS_OF_MANY);
    expect(await page.locator("#explorer .pages").count()).toBe(0);
    // It is said before the rows, and nothing offers to fetch them all.
    expect(await page.locator("p:has(+ #explorer)").textContent()).toContain("things.csv");
    await page.getByRole("button", { name: "Details of r0" }).click();
    await page.getByRole("button", { name: "Copy link (latest)" }).waitFor();
    expect(await page.getByRole("button", { name: "Copy as JSON" }).count()).toBe(0);
    await context.close();
  });
});
