import { SMALL_SCHEMA, smallDataset } from "./scratch.ts";

/** A case of an untrusted pull request, and the expected message. */
export interface Row {
  name: string;
  /** Files that replace those of the small dataset. */
  files: Record<string, unknown>;
  /** Undefined: there is no problem. */
  says?: RegExp;
}

/** `npm test` takes a tenth of the longest rows, the suites "fuzz" and "aws" all of them (vitest.config.ts). */
const SHARE = Number(process.env["FACTPRESS_HOSTILE_SHARE"] ?? 0.1);
const [NAMES, ITEMS, TIMES] = [100_000 * SHARE, 1_000_000 * SHARE, 50_000 * SHARE];

const schema = (change: (record: Record<string, unknown>, root: Record<string, unknown>) => void): Record<string, unknown> => {
  const root = structuredClone(SMALL_SCHEMA) as unknown as { properties: { levels: { items: Record<string, unknown> } } };
  change(root.properties.levels.items, root as never);
  return { "schema.json": root };
};
const withNote = (note: object, value?: unknown): Record<string, unknown> => ({
  ...schema((record) => Object.assign(record["properties"] as object, { note })),
  "levels.json": [{ river: "rhine", gauge: 1, metres: 1, ...(value === undefined ? {} : { note: value }) }],
});
const level = (text: string): Record<string, unknown> => ({ "levels.json": `[{"river": "rhine", "gauge": 1, "metres": 1, ${text}}]` });
const doubling = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [
    `d${i}`,
    i === 0 ? { type: "string" } : { allOf: [{ $ref: `#/$defs/d${i - 1}` }, { $ref: `#/$defs/d${i - 1}` }] },
  ]),
);

/** The small dataset with one check. */
const check = (select: string): Record<string, unknown> => ({ "checks/rule.sql": `-- table: levels\n${select}\n` });
const LEVELS = "SELECT river, gauge";

export const ROWS: Row[] = [
  {
    name: "a check that finds a record",
    files: check(`${LEVELS}, 'Too low: ' || metres AS message FROM levels WHERE metres < 3`),
    says: /levels\.json:3[\s\S]*Too low: 2\.5/,
  },
  { name: "a check that finds nothing", files: check(`${LEVELS}, 'x' AS message FROM levels WHERE metres < 0`) },
  {
    name: "a check that never ends",
    files: check(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'rhine' AS river, 1 AS gauge, count(*) AS message FROM n",
    ),
    says: /rule\.sql[\s\S]*this one was stopped \(maximum 30 s/,
  },
  {
    name: "a check that takes all memory",
    files: check(`${LEVELS}, hex(zeroblob(400000000)) AS message FROM levels`),
    says: /rule\.sql[\s\S]*too much memory \(maximum 128 MB\)/,
  },
  {
    name: "a check that returns a million rows",
    files: check(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) SELECT 'rhine' AS river, 1 AS gauge, 'row ' || i AS message FROM n",
    ),
    says: /It reports 1000000 records; only the first 100 are listed/,
  },
  {
    name: "a check that opens another database",
    files: check("ATTACH '/etc/passwd' AS other"),
    says: /rule\.sql:2[\s\S]*Not a SELECT/,
  },
  { name: "a check that changes settings", files: check("PRAGMA hard_heap_limit = 0"), says: /Not a SELECT/ },
  { name: "a check that writes", files: check("WITH a AS (SELECT 1) DELETE FROM levels"), says: /It must not write/ },
  {
    name: "a check with a second statement",
    files: check(`${LEVELS}, 'x' AS message FROM levels;\nPRAGMA hard_heap_limit = 0`),
    says: /rule\.sql:3[\s\S]*more than one statement/,
  },
  {
    name: "a check with text in double quotes",
    files: check(`${LEVELS}, 'x' AS "message" FROM "levels" WHERE state = "lw"`),
    says: /rule\.sql:2:68\W+SQLite[^\n]*no such column: lw\s+Double quotes enclose the name of a column\. Put text in single quotes: 'lw'/,
  },
  {
    name: "a check with a misspelt column in double quotes",
    files: check(`${LEVELS}, 'x' AS message FROM levels WHERE "stat" = 'low'`),
    says: /rule\.sql:2:\d+\W+SQLite[^\n]*no such column: stat\s+Did you mean "state"\?/,
  },
  {
    name: "a check with a misspelt column",
    files: check(`${LEVELS}, 'x' AS message FROM levels WHERE metrs < 3`),
    says: /rule\.sql:2:\d+\W+SQLite[^\n]*no such column: metrs\s+Did you mean "metres"\?/,
  },
  {
    name: "a check with a misspelt table",
    files: check(`${LEVELS}, 'x' AS message FROM level`),
    says: /no such table: level\s+Did you mean "levels"\?/,
  },
  {
    name: "a check with names in double quotes, and quotes in texts and comments",
    files: check(`${LEVELS}, 'it"s' AS "message" FROM "levels" -- "x"\nWHERE "metres" > 2.9 /* " */`),
    says: /levels\.json:15[\s\S]*it"s/,
  },
  {
    name: "a check that looks at SQLite's tables",
    files: check("SELECT name AS river, 1 AS gauge, 'x' AS message FROM sqlite_master"),
    says: /It reads sqlite_master, which is not a table of the dataset/,
  },
  {
    name: "a check that asks SQLite about itself",
    files: check("SELECT name AS river, 1 AS gauge, 'x' AS message FROM pragma_table_info('levels')"),
    says: /It reads pragma_table_info, which is not a table of the dataset/,
  },
  {
    name: "a check with a byte order mark",
    files: { "checks/rule.sql": `\ufeff-- table: levels\n${LEVELS}, 'x' AS message FROM levels WHERE metres < 0\n` },
  },
  {
    name: "a check that goes on after its end",
    files: check(`${LEVELS}, 'x' AS message FROM levels\0 WHERE metres < 0`),
    says: /rule\.sql:2:\d+\W[^(]*\(U\+0000\)/,
  },
  {
    name: "a check of a table with 2,001 columns",
    files: {
      ...schema((record) =>
        Object.assign(
          record["properties"] as object,
          Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`c${i}`, { type: "string" }])),
        ),
      ),
      ...check(`${LEVELS}, 'x' AS message FROM levels`),
    },
    says: /too many columns[^\n]*\s+Describe fewer columns in schema\.json \(maximum 2000\)/,
  },
  {
    name: "a check that loads an extension",
    files: check(`${LEVELS}, load_extension('x') AS message FROM levels`),
    says: /no such function: load_extension/,
  },
  {
    name: "a check that reads a file",
    files: check(`${LEVELS}, readfile('/etc/passwd') AS message FROM levels`),
    says: /no such function: readfile/,
  },
  {
    name: "a check that throws dice",
    files: check(`${LEVELS}, 'x' AS message FROM levels WHERE random() > 0`),
    says: /uses random numbers/,
  },
  {
    name: "a check that hides that it reads the clock",
    files: check(`${LEVELS}, 'x' AS message FROM levels WHERE date('no' || 'w') < day`),
    says: /uses the clock/,
  },
  {
    name: "a check that depends on the time zone",
    files: check(`${LEVELS}, datetime('2020-01-01', 'localtime') AS message FROM levels`),
    says: /uses the clock or the time zone/,
  },
  {
    name: "a check with 5,000 brackets",
    files: check(`${LEVELS}, ${"(".repeat(5000)}1${")".repeat(5000)} AS message FROM levels`),
    says: /rule\.sql[\s\S]*Recursion limit/,
  },
  {
    name: "a check with a mistake",
    files: check(`${LEVELS}, 'x' AS message\nFROM levels\nWERE metres < 3`),
    says: /rule\.sql:4:6[\s\S]*near "metres": syntax error/,
  },
  { name: "a check that is no UTF-8", files: { "checks/rule.sql": Buffer.from([0xff, 0xfe]) }, says: /rule\.sql[\s\S]*not UTF-8/ },
  { name: "a check of 70 kB", files: check(`${LEVELS}, '${"x".repeat(70_000)}' AS message FROM levels`), says: /larger than 64 KiB/ },
  { name: "a file among the checks that would not be run", files: { "checks/rule.sq": "" }, says: /would not be run/ },
  {
    name: "a pattern that takes exponential time",
    files: withNote({ type: "string", pattern: "^(a+)+$" }, `${"a".repeat(60)}!`),
    says: /is not in the expected format/,
  },
  {
    name: "two patterns: each is its own",
    files: {
      ...schema((record) =>
        Object.assign(record["properties"] as object, { note: { type: "string", pattern: "^a" }, day: { type: "string", pattern: "^b" } }),
      ),
      "levels.json": [{ river: "rhine", gauge: 1, metres: 1, note: "a", day: "a" }],
    },
    says: /day[\s\S]*is not in the expected format/,
  },
  { name: "a pattern with look-ahead", files: withNote({ type: "string", pattern: "^(?=a)" }), says: /Patterns use RE2 syntax/ },
  {
    name: "a pattern of a thousand repetitions of a thousand",
    files: withNote({ type: "string", pattern: "((a{1000}){1000}){1000}" }),
    says: /cannot be used/,
  },
  {
    name: "$async, which makes bad data pass",
    files: schema((_record, root) => Object.assign(root, { $async: true })),
    says: /"\$async" is not supported/,
  },
  { name: "$async in a record", files: schema((record) => Object.assign(record, { $async: true })), says: /"\$async" is not supported/ },
  {
    name: "a schema of another draft",
    files: schema((_record, root) => Object.assign(root, { $schema: "http://json-schema.org/draft-07/schema#" })),
    says: /schema\.json:\d+:\d+\W[\s\S]*draft-07[^\n]*\s+Write "https:\/\/json-schema\.org\/draft\/2020-12\/schema", or remove "\$schema"/,
  },
  {
    name: "a number for the draft",
    files: schema((_record, root) => Object.assign(root, { $schema: 5 })),
    says: /schema\.json:\d+:\d+\W[\s\S]*dialect 5:/,
  },
  {
    name: "a draft inside of a schema",
    files: schema((record) => Object.assign(record, { $schema: "http://json-schema.org/draft-07/schema#" })),
    says: /schema\.json:\d+:\d+\W[\s\S]*at the top of the schema only/,
  },
  { name: "a reference to elsewhere", files: withNote({ $ref: "https://example.org/x.json" }), says: /points outside the schema/ },
  { name: "a file as a reference", files: withNote({ $ref: "file:///etc/passwd" }), says: /points outside the schema/ },
  {
    name: "references that double forty times",
    files: schema(
      (record, root) =>
        Object.assign(root, { $defs: doubling }) && Object.assign(record["properties"] as object, { note: { $ref: "#/$defs/d39" } }),
    ),
    says: /more than 20000 parts/,
  },
  {
    name: "a reference to itself",
    files: schema(
      (record, root) =>
        Object.assign(root, { $defs: { loop: { $ref: "#/$defs/loop" } } }) &&
        Object.assign(record["properties"] as object, { note: { $ref: "#/$defs/loop" } }),
    ),
    says: /refers to itself/,
  },
  { name: "a schema that is itself one of its values", files: withNote({ $ref: "#" }), says: /refers to itself/ },
  {
    name: "30,000 properties",
    files: schema((record) =>
      Object.assign(
        record["properties"] as object,
        Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`p${i}`, { type: "string" }])),
      ),
    ),
    says: /more than 20000 parts/,
  },
  {
    name: "a deep schema",
    files: { "schema.json": `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}` },
    says: /Nested too deeply \(maximum 64 levels\)/,
  },
  {
    name: "a deep record",
    files: level(`"note": ${"[".repeat(100_000)}${"]".repeat(100_000)}`),
    says: /Nested too deeply \(maximum 64 levels\)/,
  },
  {
    name: "a list with 20,000 objects that must differ",
    files: {
      ...withNote({ type: "array", uniqueItems: true, items: { type: "object" } }),
      "levels.json": [{ river: "rhine", gauge: 1, metres: 1, note: Array.from({ length: 20_000 }, (_, i) => ({ a: i })) }],
    },
  },
  {
    name: "a list with two equal items",
    files: withNote({ type: "array", uniqueItems: true, items: { type: "object" } }, [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ]),
    says: /Entries 1 and 2 of the list are equal/,
  },
  {
    name: "a required property of every object",
    files: { ...schema((record) => Object.assign(record, { required: ["river", "gauge", "metres", "toString"] })) },
    says: /schema\.json:\d+[^\n]*\s+"toString" is required, but is not in properties/,
  },
  { name: "__proto__ as a property of a record", files: level('"__proto__": {"polluted": true}'), says: /"__proto__"/ },
  {
    name: "__proto__ as a column",
    files: {
      "schema.json": JSON.stringify(SMALL_SCHEMA).replace('"note":', '"__proto__":'),
    },
    says: /schema\.json:1:\d+[^\n]*\s+"__proto__" is not a valid column name/,
  },
  { name: "constructor as a property of a record", files: level('"constructor": 1'), says: /Unknown column "constructor"/ },
  {
    name: "objects in place of a reference and of keys",
    files: { "levels.json": [1, 2].map(() => ({ river: { id: "rhine" }, gauge: {}, metres: 1 })) },
    says: /(?:Expected [^\n]*, found an object[\s\S]*){4}/,
  },
  {
    name: "an object among the columns of a key",
    files: {
      "schema.json": {
        ...SMALL_SCHEMA,
        properties: { ...SMALL_SCHEMA.properties, rivers: { ...SMALL_SCHEMA.properties.rivers, primaryKey: [{ id: 1 }] } },
      },
    },
    says: /The primary key of "rivers" names {"id":1}/,
  },
  {
    name: `a record with ${NAMES} names that are not known`,
    files: level(Array.from({ length: NAMES }, (_, i) => `"a${i}": 1`).join()),
    says: new RegExp(`${NAMES - 100} more problems here`),
  },
  {
    name: `a list with ${ITEMS} items that are no text`,
    files: level(`"seen": [${"1,".repeat(ITEMS - 1)}1]`),
    says: new RegExp(`${ITEMS - 100} more problems here[\\s\\S]*seen\\[98\\]`),
  },
  {
    name: `one name ${TIMES} times`,
    files: level(Array.from({ length: TIMES }, () => '"note": "a"').join(",\n")),
    says: new RegExp(`${TIMES - 101} more problems here`),
  },
  {
    name: "60,000 empty records",
    files: { "levels.json": `[${"{},".repeat(59_999)}{}]` },
    says: /Too many problems: the rest of the table was not checked/,
  },
  { name: "two properties of one name", files: level('"note": "a", "note": "b"'), says: /note/ },
  {
    name: "a number that cannot be kept",
    files: { "levels.json": '[{"river": "rhine", "gauge": 12345678901234567890, "metres": 1}]' },
    says: /12345678901234567890/,
  },
  { name: "a number beyond all", files: { "levels.json": '[{"river": "rhine", "gauge": 1, "metres": 1e400}]' }, says: /1e400/ },
  { name: "half a character", files: level('"note": "\\ud83d"'), says: /half a character/ },
  { name: "a byte order mark", files: { "levels.json": "\ufeff[]" }, says: /byte order mark/ },
  { name: "a raw control character", files: level('"note": "a\u0001b"'), says: /levels\.json:1/ },
  {
    name: "bytes that are no UTF-8",
    files: {
      "levels.json": Buffer.concat([
        Buffer.from('[{"river": "rhine", "gauge": 1, "metres": 1, "note": "'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}]'),
      ]),
    },
    says: /not UTF-8/,
  },
  { name: "UTF-16", files: { "levels.json": Buffer.from("[]", "utf16le") }, says: /levels\.json/ },
  { name: "a javascript: address", files: withNote({ type: "string", format: "uri" }, "javascript:alert(1)"), says: /web address/ },
  { name: "an unknown format", files: withNote({ type: "string", format: "regex" }), says: /Unknown format "regex"/ },
  {
    name: "a table called like a file of a release",
    files: { "schema.json": { type: "object", properties: { datapackage: SMALL_SCHEMA.properties.rivers } } },
    says: /is reserved/,
  },
  {
    name: "a table called like a way out",
    files: { "schema.json": { type: "object", properties: { "../../x": SMALL_SCHEMA.properties.rivers } } },
    says: /is not a valid table name/,
  },
  { name: "no schema at all", files: { "schema.json": "[]" }, says: /not an object/ },
  {
    name: "a schema that is none",
    files: {
      "schema.json": {
        type: "object",
        properties: {
          rivers: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: { type: "sting" } } } },
        },
      },
    },
    says: /schema\.json:16:21\W[\s\S]*"sting" is not one of: [^\n]*\s+Did you mean "string"\?/,
  },
  {
    name: "a merge conflict",
    files: { "levels.json": '[\n<<<<<<< HEAD\n{"river": "rhine", "gauge": 1, "metres": 1}\n=======\n>>>>>>> x\n]' },
    says: /merge/,
  },
  { name: "nothing in a file", files: { "levels.json": "" }, says: /empty/ },
  {
    name: "a dataset.json of 100,000 keywords",
    files: { "dataset.json": { ...(smallDataset()["dataset.json"] as object), keywords: Array.from({ length: 100_000 }, () => "x") } },
  },
];
