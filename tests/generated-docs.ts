import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Argument } from "commander";
import { commandLine, EXIT_CODES } from "../bin/command-line.ts";
import { CHECK_REPORT_PROPERTIES, PROBLEM_PROPERTIES } from "../bin/commands/check-report.ts";
import { CACHE, cacheControl } from "../lib/edge/cache-control.ts";
import { loadEdgeFunction } from "../lib/edge/load-edge-function.ts";
import { FORMATS } from "../lib/formats/formats.ts";
import {
  ANSWER_LINKS,
  ANSWER_ROWS,
  BOARD_MEMBERS,
  BOARD_STATUSES,
  CARDS,
  DETAILED_STATEMENTS,
  EXPLORED_ROWS,
  FILTER_VALUES,
  FILTERS,
  FIRST_CHANGED_VALUES,
  FIRST_CHANGES,
  FIRST_LISTED_SOURCES,
  FIRST_PASSAGES,
  FIRST_ROWS,
  FIRST_ROWS_OF_MANY,
  FIRST_SOURCES,
  FIRST_VERSIONS,
  LISTED_KINDS,
  LISTED_SOURCES,
  LISTED_STATEMENTS,
  LISTED_VERSIONS,
  PAGE_COLUMNS,
  PAGE_ROWS,
  PRINTED_ROWS,
  RECORD_PAGES,
  TIMELINE_LANES,
  TIMELINE_MARKS,
  UNFOLDED_COLUMNS,
  UNFOLDED_FILES,
} from "../lib/site/limits.ts";
import { buildCosts, costs, firewallCosts } from "./costs.ts";
import { buildTimes, datasetLimits, waysBySize } from "./limits-tables.ts";
import { ROOMS } from "./rooms.ts";
import { ROOT } from "./scratch.ts";

/** A part of a document that restates code, between `<!-- begin NAME -->` and `<!-- end NAME -->`. */
interface Block {
  file: string;
  name: string;
  text(): Promise<string>;
}

/** Addresses that releases.md explains: pattern, example and content. */
const ADDRESSES: [address: string, examples: [string, ...string[]], what: string][] = [
  ["`/<dataset>/<x.y.z>/<file>`", ["/rivers/1.2.0/gauges.csv"], "a file of an exact release; never changes"],
  ["`/<dataset>/latest/<file>`", ["/rivers/latest/gauges.csv"], "302 to the newest release"],
  [
    "`/<dataset>/<x>/<file>`, `/<dataset>/<x.y>/<file>`",
    ["/rivers/1/gauges.csv", "/rivers/1.2/gauges.csv"],
    "302 to the newest release of that major or minor line",
  ],
  [
    "`/<dataset>/as-of/<yyyy-mm-dd>/<file>`",
    ["/rivers/as-of/2026-02-03/gauges.csv"],
    "302 to the release that was newest at the end of that day, UTC: any day, not only release days",
  ],
  [
    "`/<dataset>/iceberg/<table>/metadata/v1.metadata.json`",
    ["/rivers/iceberg/gauges/metadata/v1.metadata.json", "/rivers/iceberg/gauges/metadata/version-hint.text"],
    "the Iceberg table over all releases ([query.md](query.md))",
  ],
  [
    "`/<dataset>/iceberg/<table>/metadata/<x.y.z>-….avro`",
    ["/rivers/iceberg/gauges/metadata/1.2.0-snapshot-0123456789abcdef.avro"],
    "the snapshot of a release in it, named after its hash",
  ],
  [
    "`/`, `/<dataset>/`, `/<dataset>/<x.y.z>/`, `/<dataset>/<table>/`, `/<dataset>/<table>/<key>/`, `/verify/`",
    ["/", "/rivers/", "/rivers/1.2.0/", "/rivers/gauges/", "/rivers/gauges/rhine/", "/verify/"],
    "pages, stored under `pages/…` ([explorer.md](explorer.md))",
  ],
  [
    "`/<dataset>/<x.y.z>/card.png`, `/<dataset>/<table>/<key>/card.png`",
    ["/rivers/1.2.0/card.png", "/rivers/gauges/rhine/card.png"],
    "the picture of such a page ([explorer.md](explorer.md#cards-and-pictures))",
  ],
  ["`/assets/<name>.<hash>…`", ["/assets/page.0123abcd.js"], "scripts, styles and fonts of pages"],
  [
    "`/robots.txt`, `/sitemap.xml`, `/site.json`",
    ["/robots.txt", "/sitemap.xml", "/site.json"],
    "for search engines; the address of the site",
  ],
  ["`/<dataset>/releases.json`, `/<dataset>/feed.xml`", ["/rivers/releases.json", "/rivers/feed.xml"], "catalogue, Atom feed"],
  ["`/.well-known/jwks.json`", ["/.well-known/jwks.json"], "public keys"],
  [
    "`/.well-known/factpress-head.json`",
    ["/.well-known/factpress-head.json"],
    "the signed state of every catalogue ([verify.md](verify.md#the-signed-head))",
  ],
];

const ALIASES: Record<string, string> = {
  "rivers/mark": "{}",
  "rivers/latest": "1.2.0",
  "rivers/1": "1.2.0",
  "rivers/1.2": "1.2.0",
  "rivers/1.2.0": "released",
  "rivers/as-of": "2026-02 2026-02",
  "rivers/as-of/2026-02": "01 1.2.0",
};

/** `Cache-Control` of the answer to an address, from the edge function, or of the object that it leads to. */
async function cachingOf(uri: string): Promise<string> {
  const edge = loadEdgeFunction(async (key) => ALIASES[key]);
  const result = await edge({ method: "GET", uri, querystring: {}, headers: {} });
  if (!("statusCode" in result)) return cacheControl(result.uri.slice(1));
  if (result.statusCode !== 302) throw new Error(`${uri} is answered with ${result.statusCode}`);
  return result.headers["cache-control"]?.value ?? "";
}

async function addresses(): Promise<string> {
  const rows = ["| address | what | `Cache-Control` |", "|---|---|---|"];
  for (const [address, examples, what] of ADDRESSES) {
    const caching = new Set(await Promise.all(examples.map(cachingOf)));
    if (caching.size !== 1) throw new Error(`${address} is cached in several ways: ${[...caching].join("; ")}`);
    rows.push(`| ${address} | ${what} | \`${[...caching][0]}\` |`);
  }
  rows.push(`| \`/<dataset>/preview/…\` | on one machine only: what is not committed yet | \`${CACHE.never}\` |`);
  return rows.join("\n");
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

/** Every command with its arguments and the options that it needs. */
async function commands(): Promise<string> {
  const help = commandLine(() => {}).createHelp();
  const rows = help.visibleCommands(commandLine(() => {})).flatMap((command) => {
    if (command.name() === "help") return [];
    const needed = command.options.filter(({ mandatory }) => mandatory).map(({ flags }) => flags);
    const call = ["factpress", command.name(), ...command.registeredArguments.map(argumentText), ...needed].join(" ");
    return [`| \`${cell(call)}\` | ${cell(command.description())} |`];
  });
  return ["| command | does |", "|---|---|", ...rows].join("\n");
}

const propertyTable = (properties: Readonly<Record<string, string>>): string =>
  ["| property | holds |", "|---|---|", ...Object.entries(properties).map(([name, what]) => `| \`${name}\` | ${cell(what)} |`)].join("\n");

const argumentText = (argument: Argument): string => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`);

async function exitCodes(): Promise<string> {
  return ["| exit code | means |", "|---|---|", ...EXIT_CODES.map(([code, meaning]) => `| ${code} | ${meaning} |`)].join("\n");
}

/** The rooms that one may import, in short. `above`: the rooms listed before it. */
function importsText(imports: readonly string[], above: readonly string[]): string {
  const not = above.filter((name) => !imports.includes(name));
  if (imports.length === 0) return "nothing";
  if (not.length === 0) return "all above";
  return not.length < imports.length ? `all above but ${not.join(", ")}` : imports.join(", ");
}

async function rooms(): Promise<string> {
  const rows = ROOMS.map(({ name, holds, imports, effects }, i) => {
    const above = ROOMS.slice(0, i).map((room) => room.name);
    return `| \`${name}/\` | ${cell(holds)} | ${importsText(imports, above)} | ${effects ? "no" : "yes"} |`;
  });
  return ["| room | holds | imports | pure |", "|---|---|---|---|", ...rows].join("\n");
}

const PAGE_LIMITS: [maximum: number, limited: string, beyond: string][] = [
  [ANSWER_ROWS, "subjects in the table that answers", "links below it, by status"],
  [ANSWER_LINKS, "such links", "the CSV has all"],
  [BOARD_MEMBERS, "records that the board names for a status", "the number of the others, which leads to their rows"],
  [BOARD_STATUSES, "statuses on the board", "with more there is no board"],
  [PRINTED_ROWS, "rows printed", "what the page shows is printed"],
  [FIRST_ROWS, "rows in the page", "the rest is fetched (`/<dataset>/explorer/<x.y.z>.json`) when a reader asks for it"],
  [FIRST_ROWS_OF_MANY, "rows listed openly of a table that is too large to explore", "the list is folded"],
  [PAGE_ROWS, "rows shown at once; rows in the page without scripts, if subjects have no pages", "next page; the CSV has all"],
  [FIRST_SOURCES, "sources listed openly", "`/<dataset>/<table>/` lists all if some have pages, else the list is folded"],
  [FIRST_LISTED_SOURCES, "sources of that list listed openly", "the list is folded"],
  [DETAILED_STATEMENTS, "statements of a page of a subject, or of a part of that of a source, with all details", "one paragraph each"],
  [FIRST_PASSAGES, "passages of such a part listed openly, with at most twice as many statements", "the list is folded"],
  [LISTED_STATEMENTS, "such paragraphs", "the CSV has all"],
  [PAGE_COLUMNS, "columns in the page of the newest release", "`/<dataset>/columns/` describes all"],
  [UNFOLDED_COLUMNS, "columns of a table described openly", "the list is folded"],
  [UNFOLDED_FILES, "files listed openly", "the list is folded"],
  [EXPLORED_ROWS, "rows explored", "a larger table shows its first rows, says so and offers the files"],
  [FILTERS, "filters", "the search"],
  [FILTER_VALUES, "values of a filter", "the search finds more; of subjects the first are listed"],
  [TIMELINE_LANES, "lanes of the timeline", "those with a status come first"],
  [TIMELINE_MARKS, "marks of the timeline", "with more there is no timeline"],
  [
    RECORD_PAGES,
    "subjects, or sources, with pages",
    "the first in the order of the answer, or of those that cite them; the table shows the others",
  ],
  [CARDS, "statements with cards", "the first in the order of the answer; the others offer a citation in the table"],
  [LISTED_SOURCES, "sources listed", "the most cited"],
  [LISTED_VERSIONS, "versions listed", "the rest is fetched when a reader asks for it"],
  [FIRST_VERSIONS, "versions listed openly", "the list is folded"],
  [FIRST_CHANGES, "changes, or kinds of many changes, listed openly", "the rest is fetched when a reader asks for it; CHANGES.md has all"],
  [LISTED_KINDS, "kinds of many changes", "CHANGES.md has all"],
  [FIRST_CHANGED_VALUES, "changed columns of a record listed openly", "the list is folded"],
];

async function pageLimits(): Promise<string> {
  const rows = PAGE_LIMITS.map(([maximum, limited, beyond]) => `| ${limited} | ${maximum.toLocaleString("en")} | ${beyond} |`);
  return ["| | maximum | beyond |", "|---|---|---|", ...rows].join("\n");
}

/** A guide's worked example: an unchanged file of tests/guides. */
const example = (guide: string, name: string): Block => ({
  file: `docs/guides/${guide}.md`,
  name,
  text: async () => `\`\`\`ts\n${readFileSync(join(ROOT, "tests/guides", name), "utf8")}\`\`\``,
});

/** The name of every format, and the files that it writes. */
async function formats(): Promise<string> {
  const rows = FORMATS.map(({ name, label, extension, mediaType, scope, isRequired, isForSmallOnly }) => {
    const file = `${scope === "table" ? "<table>" : "<dataset>"}.${extension}`;
    const note = isRequired ? "always" : isForSmallOnly ? "small" : "";
    return `| \`${name}\` | ${label} | \`${file}\` | \`${mediaType}\` | ${note} |`;
  });
  return ["| name | | file | media type | |", "|---|---|---|---|---|", ...rows].join("\n");
}

/** Code of the package in the guide to rules. */
const inRuleGuide = (name: string, language: string, text: () => string): Block => ({
  file: "docs/guides/add-a-rule.md",
  name,
  text: async () => `\`\`\`${language}\n${text()}\`\`\``,
});

/** The source text of one rule of a file. */
function ruleText(file: string, name: string): string {
  const [text] = new RegExp(`^  ${name}: rule\\([\\s\\S]*?^  \\),\\n`, "m").exec(readFileSync(join(ROOT, file), "utf8")) ?? [];
  if (text === undefined) throw new Error(`${file} has no rule ${name}`);
  return text.replaceAll(/^ {2}/gm, "");
}

export const BLOCKS: Block[] = [
  { file: "docs/deploy.md", name: "costs", text: async () => costs() },
  { file: "docs/deploy.md", name: "firewall-costs", text: async () => firewallCosts() },
  { file: "docs/deploy.md", name: "build-costs", text: async () => buildCosts() },
  { file: "docs/formats.md", name: "formats", text: formats },
  inRuleGuide("expected.txt", "", () => readFileSync(join(ROOT, "tests/mistakes/format-that-is-not-known/expected.txt"), "utf8")),
  inRuleGuide("unknownFormat", "ts", () => ruleText("lib/diagnostics/rules/file-rules.ts", "unknownFormat")),
  inRuleGuide("format-names.ts", "ts", () => readFileSync(join(ROOT, "lib/dataset/format-names.ts"), "utf8")),
  example("add-a-forge", "git-forge.ts"),
  example("add-a-forge", "git-forge-adapter.ts"),
  example("add-a-forge", "git-forge.test.ts"),
  example("add-a-format", "column-groups-encoder.ts"),
  example("add-a-format", "column-groups.ts"),
  example("add-a-format", "sections.ts"),
  example("add-a-format", "tar.ts"),
  example("add-a-store", "sqlite-store.ts"),
  example("add-a-store", "sqlite-store.test.ts"),
  { file: "docs/explorer.md", name: "page limits", text: pageLimits },
  { file: "docs/architecture.md", name: "rooms", text: rooms },
  { file: "docs/limits.md", name: "dataset limits", text: async () => datasetLimits() },
  { file: "docs/limits.md", name: "ways by size", text: async () => waysBySize() },
  { file: "docs/limits.md", name: "build times", text: async () => buildTimes() },
  { file: "docs/releases.md", name: "addresses", text: addresses },
  { file: "docs/commands.md", name: "commands", text: commands },
  { file: "docs/commands.md", name: "exit codes", text: exitCodes },
  { file: "docs/commands.md", name: "check report", text: async () => propertyTable(CHECK_REPORT_PROPERTIES) },
  { file: "docs/commands.md", name: "problem", text: async () => propertyTable(PROBLEM_PROPERTIES) },
];

/** A document with its generated block replaced. Throws if the document has no such block. */
export async function withBlock({ file, name, text }: Block): Promise<string> {
  const document = readFileSync(join(ROOT, file), "utf8");
  const [begin, end] = [`<!-- begin ${name} -->\n`, `\n<!-- end ${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no block "${name}"`);
  return `${document.slice(0, from + begin.length)}${await text()}${document.slice(to)}`;
}
