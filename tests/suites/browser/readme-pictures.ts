import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { misspeltAccords } from "../../misspelt-accords.ts";
import { PROGRAM } from "../../scratch.ts";
import type { Site } from "./browser.ts";

const WIDTH = 1_000;

/** Rows of the answer that the picture of the page shows. */
const ROWS = 3;

/** The answer of the Accords' page, as a browser shows it. */
async function pagePicture(browser: Browser, { url }: Site): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 800 }, colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(`${url}/abraham-accords/`);
  await page.waitForSelector("html[data-live]");
  const top = (await page.locator(".answers h2").boundingBox())?.y ?? 0;
  const last = await page
    .locator(".answers tbody tr")
    .nth(ROWS - 1)
    .boundingBox();
  const height = Math.ceil((last?.y ?? 0) + (last?.height ?? 0) - top) + 20;
  const picture = await page.screenshot({ fullPage: true, clip: { x: 0, y: Math.max(0, top - 20), width: WIDTH, height } });
  await page.close();
  return picture;
}

/** Makes the program treat its output as a terminal. */
const AS_TERMINAL =
  'data:text/javascript,import tty from "node:tty";import {syncBuiltinESMExports} from "node:module";tty.isatty=()=>true;syncBuiltinESMExports()';

/** The coloured output of `check` for the Accords with a mistake. */
export async function checkedMistake(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "factpress-readme-"));
  const { NO_COLOR: _, ...env } = process.env;
  try {
    await misspeltAccords(folder);
    return await new Promise((done) =>
      execFile(process.execPath, ["--import", AS_TERMINAL, PROGRAM, "check", "abraham-accords"], { cwd: folder, env }, (_error, stdout) =>
        done(stdout),
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const COLOURS: Record<string, string> = { "1": "font-weight:700;color:#fff", "31": "color:#ff8f8f", "2": "color:#a9b7c4" };

/** Text with the colours of a terminal, as HTML. */
const terminalHtml = (text: string): string =>
  text
    .replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals mark colours with it.
    .replace(/\u001b\[(\d+)m/g, (_, code: string) => (code === "0" ? "</span>" : `<span style="${COLOURS[code] ?? ""}">`));

async function checkPicture(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 400 } });
  const text = `\u001b[2m$ node bin/factpress.js check\u001b[0m\n${await checkedMistake()}`;
  const style = "margin:0;padding:24px 28px;background:#14202b;color:#e8eef3;font:16px/1.55 monospace;white-space:pre-wrap";
  await page.setContent(`<body style="margin:0"><pre style="${style}">${terminalHtml(text)}</pre>`);
  const picture = await page.locator("pre").screenshot();
  await page.close();
  return picture;
}

/** Name → the pictures of the README, made from the real page and program. */
export const readmePictures = async (browser: Browser, site: Site): Promise<Record<string, Buffer>> => ({
  "page.png": await pagePicture(browser, site),
  "check.png": await checkPicture(browser),
});
