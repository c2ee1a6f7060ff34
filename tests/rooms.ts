/** The rooms of the house: what each may import, and what its code may not reach. The linter's overrides are made from this table. */
export interface Room {
  /** Folder under lib/. */
  name: string;
  holds: string;
  /** Rooms that it may import. */
  imports: readonly string[];
  /** Globals that it may use although pure rooms may not. */
  allows?: readonly string[];
  /** May reach the file system, the network, threads and the environment. */
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
    holds: "problems, and how each is worded: rules/ (one value a mistake), suggestions, look-alikes, damaged text",
    imports: ["contract", "schema"],
  },
  {
    name: "json",
    holds: "record boundaries in bytes, syntax errors, positions, the canonical form",
    imports: ["contract", "schema", "diagnostics"],
  },
  {
    name: "dataset",
    holds: "what a dataset is: its files, metadata, the check of its schema, its SQL checks",
    imports: ["contract", "schema", "diagnostics", "json"],
  },
  { name: "kernel", holds: "routines on bytes that are compiled to WebAssembly, and their memory", imports: [] },
  {
    name: "formats",
    holds: "what a record becomes: cells, CSV, JSON, NDJSON, Parquet, SQLite, XLSX, ZIP; the files of a table",
    imports: [...VALUES, "kernel"],
  },
  { name: "engine", holds: "a batch of record bytes in, problems and encoded bytes out", imports: [...VALUES, "kernel", "formats"] },
  {
    name: "release",
    holds: "difference, version, catalogue, manifest, data package, signatures, citation",
    imports: [...VALUES, "formats"],
  },
  {
    name: "iceberg",
    holds: "releases as snapshots of Apache Iceberg tables: metadata, manifests, Avro",
    imports: [...VALUES, "formats", "release"],
  },
  { name: "ports", holds: "what the use cases need of the world", imports: [...VALUES, "formats", "engine", "release"], allows: ["Date"] },
  { name: "check", holds: "the use case check: tables, keys, references, SQL checks", imports: RELEASES, allows: ["Date"] },
  { name: "build", holds: "the use cases build, compare and apply", imports: [...RELEASES, "check"], allows: ["Date"] },
  { name: "csv-import", holds: "a table inferred from a CSV file", imports: [...RELEASES, "check"], allows: ["Date"] },
  {
    name: "site",
    holds: "pages and feed of releases: page/ their parts, explorer/ filters, timeline and table, versions/, picture/ what messengers show",
    imports: [...VALUES, "formats", "release"],
  },
  {
    name: "render",
    holds: "releases as pages: projections and their models",
    imports: [...RELEASES, "iceberg", "check", "build", "site"],
    allows: ["Date"],
  },
  {
    name: "publish",
    holds: "the publishing protocol: pending commits, their verdicts, putting and removing releases",
    imports: [...RELEASES, "check", "build", "site", "render"],
    allows: ["Date"],
  },
  {
    name: "verify",
    holds: "verification of files, signatures, head, chain and pages; rebuilding; restoring",
    imports: [...RELEASES, "check", "build", "site", "render", "publish"],
    allows: ["Date"],
  },
  {
    name: "adapters",
    holds: "the world: git, GitHub, AWS, folders, HTTP, threads, memory",
    imports: [...RELEASES, "check", "build", "csv-import"],
    effects: true,
  },
  {
    name: "edge",
    holds: "the CloudFront function, the local edge that runs it, the table of headers",
    imports: ["contract", "formats", "ports", "adapters"],
    effects: true,
  },
  { name: "browser", holds: "what runs in a reader's browser", imports: ["contract", "release", "site"], effects: true },
  { name: "infra", holds: "the stack: the only code that imports aws-cdk-lib", imports: ["contract", "adapters", "edge"], effects: true },
];

const AMBIENT: Record<string, string> = {
  Date: "Take the time as an argument; ports/ports.ts says who gives it.",
  process: "Pure rooms know no environment; take what is needed as an argument.",
  fetch: "Pure rooms reach nothing; use a port of ports/ports.ts.",
  performance: "Take the time as an argument.",
  crypto: "No randomness in what is published; hashes belong to the workspace.",
  setTimeout: "Pure rooms do not wait.",
  setInterval: "Pure rooms do not wait.",
  Intl: "What is published does not depend on a locale.",
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
    message: `lib/${room.name} may import only: ${room.imports.join(", ") || "nothing"} (docs/architecture.md).`,
  };
  if (room.effects) return { includes: [`lib/${room.name}/**`], linter: { rules: { style: imports([boundary]) } } };
  const denied = Object.entries(AMBIENT).filter(([name]) => !room.allows?.includes(name));
  return {
    includes: [`lib/${room.name}/**`],
    linter: {
      rules: {
        style: {
          noRestrictedGlobals: { level: "error", options: { deniedGlobals: Object.fromEntries(denied) } },
          ...imports([boundary, { group: EFFECTS, message: "This room is pure: use a port of lib/ports/ports.ts." }]),
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

/** The text of biome.json with the overrides of this table in place of the ones that it has. */
export function withRoomOverrides(text: string): string {
  const config = JSON.parse(text) as { overrides: Override[] };
  const made = [...ROOMS.map(roomOverride), LAMBDAS] as Override[];
  const isMade = ({ includes }: Override): boolean => made.some((one) => one.includes[0] === includes[0]);
  config.overrides = [...made, ...config.overrides.filter((one) => !isMade(one))];
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
