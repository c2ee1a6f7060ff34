/** The folders of lib, called rooms: what each may import, and what its code may not use. The linter's overrides are generated from this table. */
export interface Room {
  /** Folder under lib/. */
  name: string;
  holds: string;
  /** Rooms that it may import. */
  imports: readonly string[];
  /** Globals that it may use although pure rooms may not. */
  allows?: readonly string[];
  /** May use the file system, the network, threads and the environment. */
  effects?: true;
}

const VALUES = ["contract", "schema", "diagnostics", "json", "dataset"];
const RELEASES = [...VALUES, "formats", "engine", "release", "ports"];

export const ROOMS: readonly Room[] = [
  { name: "contract", holds: "names, keys and limits that several rooms agree on", imports: [] },
  {
    name: "schema",
    holds: "a table's plan compiled from its JSON Schema, the record validator, EDTF, linear patterns",
    imports: ["contract"],
  },
  {
    name: "diagnostics",
    holds: "problems and their wording: rules/ (one value per rule), suggestions, look-alike characters, damaged text",
    imports: ["contract", "schema"],
  },
  {
    name: "json",
    holds: "record boundaries in bytes, syntax errors, positions, the canonical form",
    imports: ["contract", "schema", "diagnostics"],
  },
  {
    name: "dataset",
    holds: "a dataset: its files, its metadata, the check of its schema, its SQL checks",
    imports: ["contract", "schema", "diagnostics", "json"],
  },
  { name: "kernel", holds: "routines on bytes, compiled to WebAssembly, and their memory", imports: [] },
  {
    name: "formats",
    holds: "the formats of tables: cells, CSV, JSON, NDJSON, Parquet, SQLite, XLSX, ZIP",
    imports: [...VALUES, "kernel"],
  },
  { name: "engine", holds: "the engine: checks and encodes batches of record bytes", imports: [...VALUES, "kernel", "formats"] },
  {
    name: "release",
    holds: "a release: difference, version, catalogue, manifest, data package, signatures, citation",
    imports: [...VALUES, "formats"],
  },
  {
    name: "iceberg",
    holds: "releases as snapshots of Apache Iceberg tables: metadata, manifests, Avro files",
    imports: [...VALUES, "formats", "release"],
  },
  {
    name: "ports",
    holds: "interfaces to the outside that use cases need",
    imports: [...VALUES, "formats", "engine", "release"],
    allows: ["Date"],
  },
  { name: "check", holds: "the use case *check*: tables, keys, references, SQL checks", imports: RELEASES, allows: ["Date"] },
  { name: "build", holds: "the use cases *build*, *compare* and *apply*", imports: [...RELEASES, "check"], allows: ["Date"] },
  { name: "csv-import", holds: "a table inferred from a CSV file", imports: [...RELEASES, "check"], allows: ["Date"] },
  {
    name: "site",
    holds:
      "components of pages, and the feed: page/, explorer/ (filters, timeline, table), versions/ (comparisons), picture/ (link previews)",
    imports: [...VALUES, "formats", "release"],
  },
  {
    name: "render",
    holds: "projections: the pages of releases, and the models that they show",
    imports: [...RELEASES, "iceberg", "check", "build", "site"],
    allows: ["Date"],
  },
  {
    name: "publish",
    holds: "the publishing protocol: pending commits, verdicts, writing and removing releases",
    imports: [...RELEASES, "check", "build", "site", "render"],
    allows: ["Date"],
  },
  {
    name: "verify",
    holds: "verification of files, signatures, the head, the chain and pages; rebuilding and restoring releases",
    imports: [...RELEASES, "check", "build", "site", "render", "publish"],
    allows: ["Date"],
  },
  {
    name: "adapters",
    holds: "implementations of ports: git, GitHub, AWS, folders, HTTP, threads, memory",
    imports: [...RELEASES, "check", "build", "csv-import"],
    effects: true,
  },
  {
    name: "edge",
    holds: "the CloudFront function, the local server that runs it, the table of headers",
    imports: ["contract", "formats", "ports", "adapters"],
    effects: true,
  },
  { name: "browser", holds: "code that runs in a reader's browser", imports: ["contract", "release", "site"], effects: true },
  {
    name: "infra",
    holds: "the CDK stack: the only code that imports aws-cdk-lib",
    imports: ["contract", "adapters", "edge"],
    effects: true,
  },
];

const AMBIENT: Record<string, string> = {
  Date: "Take the time as an argument (Runtime in ports/runtime.ts has a clock).",
  process: "Pure rooms do not read the environment. Take the value as an argument.",
  fetch: "Pure rooms do no I/O. Use a port of lib/ports.",
  performance: "Take the time as an argument.",
  crypto: "Published bytes must not be random. Hashes are computed by the workspace.",
  setTimeout: "Pure rooms use no timers.",
  setInterval: "Pure rooms use no timers.",
  Intl: "Published bytes must not depend on a locale.",
};

const EFFECTS = [
  "node:fs",
  "node:fs/**",
  "node:os",
  "node:child_process",
  "node:http",
  "node:https",
  "node:net",
  "node:path",
  "node:process",
  "node:worker_threads",
  "node:timers",
  "node:timers/**",
];

const imports = (groups: { group: string[]; message: string }[]) => ({
  noRestrictedImports: { level: "error", options: { patterns: groups } },
});

/** The override of biome.json for a room. */
function roomOverride(room: Room): object {
  const forbidden = [
    ...ROOMS.map(({ name }) => name).filter((name) => name !== room.name && !room.imports.includes(name)),
    "bin",
    "lambdas",
  ];
  const boundary = {
    group: forbidden.map((name) => `**/${name}/**`),
    message: `lib/${room.name} may import only ${room.imports.join(", ") || "itself"} (docs/architecture.md).`,
  };
  if (room.effects) return { includes: [`lib/${room.name}/**`], linter: { rules: { style: imports([boundary]) } } };
  const denied = Object.entries(AMBIENT).filter(([name]) => !room.allows?.includes(name));
  return {
    includes: [`lib/${room.name}/**`],
    linter: {
      rules: {
        style: {
          noRestrictedGlobals: { level: "error", options: { deniedGlobals: Object.fromEntries(denied) } },
          ...imports([boundary, { group: EFFECTS, message: "This room is pure and does no I/O. Use a port of lib/ports." }]),
        },
      },
    },
  };
}

const LAMBDAS = {
  includes: ["lambdas/**"],
  linter: {
    rules: {
      style: imports([
        { group: ["**/infra/**", "**/bin/**"], message: "lambdas may import lib, but not infra or bin (docs/architecture.md)." },
      ]),
    },
  },
};

interface Override {
  includes: string[];
}

/** The text of biome.json with its overrides for rooms replaced by those of this table. */
export function withRoomOverrides(text: string): string {
  const config = JSON.parse(text) as { overrides: Override[] };
  const made = [...ROOMS.map(roomOverride), LAMBDAS] as Override[];
  const isMade = ({ includes }: Override): boolean => made.some((one) => one.includes[0] === includes[0]);
  config.overrides = [...made, ...config.overrides.filter((one) => !isMade(one))];
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
