/**
 * Writes lib/site/assets.generated.ts: what pages load, bundled, each under a name that ends with its hash, and the style that pages
 * contain. lib/contract/style-hash.generated.ts has the hash of that style, which the content security policy names;
 * lib/site/picture/glyphs.generated.ts the letters of pictures; lib/render/renderer.generated.ts the hash of the code that renders pages.
 * The files are kept in git, so that nothing has to be built before Factpress runs and the same commit serves the same bytes.
 */
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import subsetFont from "subset-font";
import { styleText } from "../site/style-text.ts";
import { glyphsModule } from "./glyphs-module.ts";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const { resolve } = createRequire(import.meta.url);
const range = (from: number, to: number): string => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const FONT = "@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2";
/** Characters of the font: Basic Latin, the letters of Latin-1, and the symbols used by pages. Others come from system fonts. */
const CHARACTERS = `${range(0x20, 0x7e)}${range(0xc0, 0xff)}\u00a0«»§©°·–—‘’“”…•→−≠✓✗`;

const named = (name: string, ending: string, bytes: Uint8Array): string =>
  `${name}.${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.${ending}`;

/** The names that elements are compiled to. */
const JSX = "jsx-names";
const jsxNames: esbuild.Plugin = {
  name: JSX,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^${JSX}$`) }, ({ path }) => ({ path, namespace: JSX }));
    onLoad({ filter: /./, namespace: JSX }, () => ({
      contents: 'export { Fragment } from "preact"; export { createElement } from "./create-element.ts";',
      resolveDir: here("."),
    }));
  },
};

/** A text unchanged, which compresses better, or other bytes in base64. */
const body = (bytes: Uint8Array): string =>
  JSON.stringify(isUtf8(bytes) ? Buffer.from(bytes).toString() : { base64: Buffer.from(bytes).toString("base64") });

/** Properties of the state and the effects of the explorer. */
const OF_EXPLORER = [
  "absent",
  "actions",
  "addressed",
  "addressOf",
  "allRows",
  "allVersions",
  "canExplore",
  "choose",
  "citations",
  "claim",
  "compare",
  "copyCitation",
  "copyJson",
  "copyLink",
  "descending",
  "distance",
  "drawn",
  "editUrl",
  "effects",
  "filtering",
  "findRows",
  "focusRow",
  "fold",
  "forRow",
  "found",
  "group",
  "hasFailed",
  "hrefOf",
  "indexes",
  "isBusy",
  "isComplete",
  "isDrawing",
  "isEarlier",
  "isOpen",
  "isStop",
  "joined",
  "joinedTo",
  "keepsDetails",
  "lanes",
  "lastKnown",
  "marks",
  "model",
  "nearest",
  "nearQuery",
  "nearText",
  "onChoose",
  "onCompare",
  "onLoad",
  "onPage",
  "onPick",
  "onShow",
  "onShowAll",
  "onSort",
  "onStop",
  "otherText",
  "picked",
  "prefetch",
  "printed",
  "query",
  "showAll",
  "shown",
  "soon",
  "spoken",
  "take",
  "ticks",
  "today",
  "toggleTimeline",
  "valueless",
  "watchAddress",
  "watchPrinting",
  "writeAddress",
];

/** Properties of Preact, most of which no component here uses. A script contains its own copy of Preact. */
const OF_PREACT = [
  "componentDidCatch",
  "componentDidMount",
  "componentDidUpdate",
  "componentWillMount",
  "componentWillReceiveProps",
  "componentWillUnmount",
  "componentWillUpdate",
  "contextType",
  "current",
  "debounceRendering",
  "defaultProps",
  "diffed",
  "forceUpdate",
  "getChildContext",
  "getDerivedStateFromError",
  "getDerivedStateFromProps",
  "getSnapshotBeforeUpdate",
  "props",
  "setState",
  "shouldComponentUpdate",
  "unmount",
];

/** Properties whose names are shortened. They occur neither in data that scripts read nor in browser APIs. */
export const SHORTENED = [...OF_EXPLORER, ...OF_PREACT];

/**
 * Tells V8 to compile all functions of a script in the background while it is fetched, not each at its first call: starting the explorer
 * takes about half the time (https://github.com/WICG/explicit-javascript-compile-hints-file-based). Other engines ignore it.
 */
const COMPILE_AT_ONCE = "//# allFunctionsCalledOnLoad";

const PAGE = "./page.ts";

/** `path`: of the script, from this folder. */
async function script(path: string): Promise<Uint8Array> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [here(path)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    // Shorter than the automatic runtime, by more than 1 % of a script.
    jsx: "transform",
    jsxFactory: "createElement",
    jsxFragment: "Fragment",
    tsconfigRaw: {},
    // The other scripts have no elements.
    ...(path === PAGE ? { inject: [JSX] } : {}),
    plugins: [jsxNames],
    legalComments: "none",
    banner: { js: COMPILE_AT_ONCE },
    charset: "utf8",
    mangleProps: new RegExp(`^(?:${SHORTENED.join("|")})$`),
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

/** Generated modules that pages depend on by the names of assets, or that are written here. */
const NAMED_ELSEWHERE = /\/(?:assets|style-hash|glyphs|renderer)\.generated\.ts$/;

/** The hash of the code that renders pages: pages are rendered again if it differs. Comments and names do not count. */
async function rendererHash(glyphs: string): Promise<string> {
  const external: esbuild.Plugin = {
    name: "named-elsewhere",
    setup: ({ onResolve }) =>
      onResolve({ filter: /\.generated\.ts$/ }, ({ path }) => (NAMED_ELSEWHERE.test(path) ? { path, external: true } : undefined)),
  };
  const { outputFiles } = await esbuild.build({
    entryPoints: [here("../render/dataset-projections.ts")],
    bundle: true,
    minify: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    plugins: [external],
  });
  const hash = createHash("sha256").update(glyphs);
  for (const { contents } of outputFiles) hash.update(contents);
  return hash.digest("hex");
}

/** The texts of the generated modules, by their paths in lib/. */
export async function assetsModules(): Promise<Record<string, string>> {
  const assets: { name: string; bytes: Uint8Array }[] = [];
  let css = await readFile(here("./style.css"), "utf8");
  const add = (name: string, ending: string, bytes: Uint8Array): string => {
    assets.push({ name: named(name, ending, bytes), bytes });
    return assets.at(-1)?.name ?? "";
  };
  const font = await subsetFont(await readFile(resolve(FONT)), CHARACTERS, {
    targetFormat: "woff2",
    variationAxes: { wght: { min: 400, max: 600 } },
  });
  const fontName = add("public-sans", "woff2", font);
  css = css.replace("public-sans.woff2", fontName);
  const { code } = await esbuild.transform(css, {
    loader: "css",
    minify: true,
    charset: "utf8",
    target: ["chrome120", "firefox121", "safari17"],
  });
  // The file is for pages whose inlined style was blocked. Otherwise a second rule for the font would replace it after the first paint.
  const [face = ""] = /@font-face\{[^}]*Public Sans[^}]*\}/.exec(code) ?? [];
  const file = code.replace(face, "");
  const style = add("style", "css", Buffer.from(file));
  const held = styleText(`${face}${file}`.trim(), "/assets/");
  const page = add("page", "js", await script(PAGE));
  const verify = add("verify", "js", await script("./verify.ts"));
  const copy = add("copy", "js", await script("./copy.ts"));
  const composer = add("compose-changes", "js", await script("../release/compose-changes.ts"));
  const site = [
    "/** Written by `npm run assets` from lib/browser; not to be edited. */",
    `export const NAMES = ${JSON.stringify({ font: fontName, style, page, verify, copy, composer })};`,
    `const STYLE_FILE = ${JSON.stringify(file)};`,
    `export const STYLE = \`${face}\${STYLE_FILE}\`;`,
    "export const BODIES: Record<string, string | { base64: string }> = {",
    ...assets.map(({ name, bytes }) => `  ${JSON.stringify(name)}: ${name === style ? "STYLE_FILE" : body(bytes)},`),
    "};",
    "",
  ].join("\n");
  const hash = [
    "/** Written by `npm run assets` from lib/browser; not to be edited. Of the style in pages whose assets are at `/assets/`. */",
    `export const STYLE_HASH = "sha256-${createHash("sha256").update(held).digest("base64")}";`,
    "",
  ].join("\n");
  const glyphs = await glyphsModule();
  const renderer = [
    "/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */",
    `export const RENDERER = "${await rendererHash(glyphs)}";`,
    "",
  ].join("\n");
  return {
    "site/assets.generated.ts": site,
    "contract/style-hash.generated.ts": hash,
    "site/picture/glyphs.generated.ts": glyphs,
    "render/renderer.generated.ts": renderer,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [path, text] of Object.entries(await assetsModules())) await writeFile(here(`../${path}`), text);
