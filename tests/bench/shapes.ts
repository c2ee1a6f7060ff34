import type { JsonRecord } from "../../lib/formats/value.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { randomBelow } from "../suites/fuzz/mutate.ts";

/** A table in the shape of a public dataset. */
export interface Shape {
  name: string;
  table: string;
  schema: Schema;
  records: JsonRecord[];
}

const DAY: Schema = { type: "string", format: "date" };
const BOOLEAN_OR_DAY: Schema = { oneOf: [{ type: "boolean" }, { $ref: "#/$defs/day" }] };
const VERSION: Schema = {
  anyOf: [{ type: "string", pattern: "^(?:preview|≤?\\d+(?:\\.\\d+)*)$" }, { type: "boolean" }, { type: "null" }],
};

const tableOf = (table: string, primaryKey: string[], items: Schema): Schema => ({
  type: "object",
  $defs: { day: DAY },
  properties: { [table]: { type: "array", primaryKey, items: { type: "object", ...items } } },
});

/** Release cycles of products, as endoflife.date has them: a value is yes, no, or a day. */
export function endOfLife(count: number): Shape {
  const below = randomBelow(1);
  const day = (): string => `20${10 + below(20)}-${String(1 + below(12)).padStart(2, "0")}-${String(1 + below(28)).padStart(2, "0")}`;
  const schema = tableOf("cycles", ["product", "cycle"], {
    required: ["product", "cycle", "eol"],
    properties: {
      product: { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9.+]+)*$" },
      cycle: { type: "string", minLength: 1 },
      codename: { type: "string" },
      releaseDate: DAY,
      eol: BOOLEAN_OR_DAY,
      lts: BOOLEAN_OR_DAY,
      support: BOOLEAN_OR_DAY,
      latest: { type: ["string", "null"] },
      link: { anyOf: [{ type: "string", format: "uri" }, { type: "null" }] },
      identifiers: { type: "object", additionalProperties: { type: "string" } },
    },
    if: { properties: { lts: { const: true } }, required: ["lts"] },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    then: { required: ["support"] },
  });
  const records = Array.from(
    { length: count },
    (_, i): JsonRecord => ({
      product: ["python", "ubuntu", "node-js", "amazon-eks", "ms-sql"][i % 5] ?? "",
      cycle: `${(i / 5) | 0}.${below(30)}`,
      ...(below(4) === 0 ? { codename: ["Noble Numbat", "Élan", "“Bookworm”"][below(3)] ?? "" } : {}),
      releaseDate: day(),
      eol: below(3) === 0 ? below(2) === 0 : day(),
      lts: below(4) === 0,
      support: below(2) === 0 ? day() : false,
      latest: below(9) === 0 ? null : `${below(30)}.${below(30)}.${below(9)}`,
      link: below(5) === 0 ? null : `https://example.org/releases/${i}?a=b`,
      ...(below(3) === 0 ? { identifiers: { cpe: `cpe:2.3:a:x:${i}`, repology: "python" } } : {}),
    }),
  );
  return { name: "endoflife.date", table: "cycles", schema, records };
}

/** Browsers' support of features, as browser-compat-data has it: one row a feature and browser, and features with long lists. */
export function browserCompat(rows: number): Shape[] {
  const below = randomBelow(2);
  const version = (): string | boolean | null =>
    [`≤${below(99)}`, `${below(120)}.${below(9)}`, `${below(120)}`, true, false, null, "preview"][below(7)] ?? null;
  const statement: Schema = {
    type: "object",
    required: ["version_added"],
    additionalProperties: false,
    properties: {
      browser: { enum: ["chrome", "edge", "firefox", "safari", "opera"] },
      version_added: VERSION,
      version_removed: VERSION,
      partial_implementation: { const: true },
      prefix: { type: "string", minLength: 1 },
      notes: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" }, minItems: 2 }] },
      flags: {
        type: "array",
        items: {
          type: "object",
          required: ["type", "name"],
          properties: { type: { enum: ["preference", "runtime_flag"] }, name: { type: "string" }, value_to_set: { type: "string" } },
        },
      },
    },
  };
  const make = (): JsonRecord => ({
    version_added: version(),
    ...(below(5) === 0 ? { version_removed: version() } : {}),
    ...(below(9) === 0 ? { partial_implementation: true } : {}),
    ...(below(4) === 0
      ? { notes: below(2) === 0 ? "Before version ≤66, see <code>a;b</code>, “quoted”." : ["One, two.", 'The "other" note.'] }
      : {}),
    ...(below(9) === 0 ? { flags: [{ type: "preference", name: "dom.x.enabled", value_to_set: "true" }] } : {}),
  });
  const browsers = ["chrome", "edge", "firefox", "safari", "opera"];
  const name = (i: number): string => `api.Interface${(i / 20) | 0}.member_${i}`;
  return [
    {
      name: "browser-compat-data: rows",
      table: "support",
      schema: tableOf("support", ["feature", "browser"], {
        ...statement,
        required: ["feature", "browser", "version_added"],
        properties: { feature: { type: "string", pattern: "^[a-z]+(\\.[A-Za-z0-9_]+)+$" }, ...statement.properties },
      }),
      records: Array.from({ length: rows }, (_, i) => ({ feature: name((i / 5) | 0), browser: browsers[i % 5] ?? "", ...make() })),
    },
    {
      name: "browser-compat-data: features with 900 statements",
      table: "features",
      schema: tableOf("features", ["feature"], {
        required: ["feature", "support"],
        properties: {
          feature: { type: "string" },
          mdn_url: { type: "string", format: "uri" },
          status: {
            type: "object",
            required: ["experimental"],
            properties: { experimental: { type: "boolean" }, deprecated: { type: "boolean" } },
          },
          support: { type: "array", items: statement },
        },
      }),
      records: Array.from({ length: Math.ceil(rows / 3000) }, (_, i) => ({
        feature: name(i),
        mdn_url: `https://developer.example.org/docs/${i}`,
        status: { experimental: i % 2 === 0, deprecated: false },
        support: Array.from({ length: 900 }, (_, k) => ({ browser: browsers[k % 5] ?? "", ...make() })),
      })),
    },
  ];
}
