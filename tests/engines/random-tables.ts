import type { Schema } from "../../lib/schema/schema.ts";

/** A whole number below `n`. */
export type Below = (n: number) => number;

/** Refuses few texts, for use in `not`. */
const LONG_PATTERN = "^é.{1,80}$";

/** Patterns, each with texts that match it or almost match it. */
const PATTERNS: Record<string, string[]> = {
  "^[a-z0-9]+(-[a-z0-9]+)*$": ["a", "ab-1", "ab-", "-a", "A", "a--b", "aé"],
  "^f-[0-9]+$": ["f-1", "f-", "f-12", "xf-1", "f-1x"],
  "^(?:Q[1-9]\\d*|P\\d{2,3})$": ["Q1", "Q0", "P12", "P1", "P1234", "Q12P12"],
  "[a-c]{2,3}": ["ab", "xabx", "a", "ab;=c"],
  "^a|b$": ["ax", "xb", "xax", ""],
  "^[^,;]*$": ["x", "a,b", "", "é", "\n"],
  "^.{1,3}$": ["a", "éà", "abcd", "\n", "😀😀😀", "x\\"],
  // For texts that are not ASCII, these two would have too many states.
  "^.{1,80}$": ["a", "é"],
  [LONG_PATTERN]: ["é", "éa", "éà"],
  "\\d{4}-\\d\\d": ["2020-01", "x2020-01x", "20-01"],
  "^$": ["", "x"],
  "^\\p{Lu}": ["É", "A", "a"],
  "^[\\w.-]+@[\\w.-]+$": ["a@b", "a@", "a.b-c@d.e"],
  "(^x)?y": ["y", "xy", "zxy", "x"],
};
const FORMATS: Record<string, string[]> = {
  date: ["2020-02-29", "2021-02-29", "2020-12-31", "2020-1-1", "0000-01-01", "2020-02-28T00:00"],
  edtf: ["2020", "2020-12", "2020-12-22", "2020/2021-01", "2021/2020", "2020-13", "2020-12-32", "20201222xx"],
  uri: ["https://example.org/a?b=1", "http://é.org", "ftp://x", "https://", "https://a b"],
  email: ["a@example.org", "a@", "@"],
  uuid: ["123e4567-e89b-12d3-a456-426614174000", "123"],
  "date-time": ["2020-01-01T00:00:00Z", "2020-01-01"],
  time: ["00:00:00Z", "24:00"],
  ipv4: ["1.2.3.4", "1.2.3"],
  hostname: ["a.example", "-a"],
};

/** Texts on which writers of CSV and JSON differ. */
export const TEXTS: string[] = [
  "",
  "a",
  "plain words",
  "a, b",
  'say "x"',
  "line\nbreak",
  "line\r\nbreak",
  "\r",
  "tab\t",
  "\tx",
  "=1+1",
  "-5",
  "+",
  "@x",
  "'x",
  "＝x",
  "a;b",
  "a;=b",
  "a;;",
  "a;\tb",
  "\\",
  "\\-",
  "[]",
  "\\;",
  "[x",
  "é",
  "São João",
  "café”",
  "cafÃ©",
  "różny",
  "Äšč",
  "≤37",
  "北京",
  "😀",
  "\u2028",
  "a\u00a0b",
  "\u0085",
  "\u007f",
  "\u202e",
  "\ufffd",
  "\ufeff",
  "x".repeat(97),
  `${"é".repeat(50)},`,
  "null",
  "2020",
  "constructor",
];
export const NUMBERS = [0, 1, -1, 7, 12, -5, 0.5, -0.25, 1.5, 2.71, 1e-6, 1e-7, 1e15, 1e21, 123456789012345, 0.1 + 0.2, 2 ** 53, -0, 19.99];
const NAMES = ["a", "b", "c", "note", "é", "a-b", "value", "item", "2x", "min", "max"];
/** Names that JSON or JavaScript treat specially. */
const ODD_NAMES = ["7", "0", "__proto__", "constructor", "toString", 'q"', "x\\y", "", "\n"];

const isDecimalStep = (schema: Schema): boolean => [0.1, 0.01, 0.001, 0.0001].includes(schema["multipleOf"] as number);
const pick = <T>(below: Below, list: readonly T[]): T => list[below(list.length)] as T;
const chance = (below: Below, percent: number): boolean => below(100) < percent;
const some = <T>(below: Below, list: readonly T[], most: number): T[] => {
  const left = [...list];
  return Array.from({ length: below(most + 1) }, () => left.splice(below(left.length), 1)).flat();
};

/** Generates schemas of tables with all keywords that check something. */
export class RandomSchema {
  readonly #below: Below;
  constructor(below: Below) {
    this.#below = below;
  }

  /** A schema with the table `t`, which has records, and the table `others`, to which it refers. */
  root(): Schema {
    const below = this.#below;
    const keys = pick(below, [["id"], ["id"], ["id"], ["id", "no"], ["no"]]);
    const properties: Record<string, Schema> = {
      id: pick<Schema>(below, [
        { type: "string" },
        { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" },
        { type: "string", minLength: 1 },
      ]),
      no: { type: "integer" },
    };
    for (const name of some(below, NAMES, 6)) properties[name] = this.#column(2);
    if (chance(below, 5)) properties[pick(below, ODD_NAMES)] = this.#column(1);
    const record: Schema = { type: "object", properties, required: [...keys, ...some(below, Object.keys(properties), 2)] };
    if (chance(below, 30)) record["additionalProperties"] = pick<unknown>(below, [true, false, { type: "string" }]);
    Object.assign(record, this.#combination(Object.keys(properties), properties));
    if (typeof record["$ref"] === "string") delete record["$ref"];
    return {
      type: "object",
      $defs: { word: { type: "string", minLength: 1 }, amount: { type: "number", minimum: 0 }, pair: this.#object(1) },
      properties: {
        t: { type: "array", primaryKey: keys, items: record },
        others: {
          type: "array",
          primaryKey: ["id"],
          items: { type: "object", required: ["id"], properties: { id: { type: "string" }, label: { type: "string" } } },
        },
      },
    };
  }

  #column(depth: number): Schema {
    const schema = this.#schema(depth);
    const below = this.#below;
    if (chance(below, 10)) schema.references = "others";
    if (chance(below, 5)) schema.display = pick(below, ["{}", "at least {}", "{} km"]);
    return schema;
  }

  #schema(depth: number): Schema {
    const below = this.#below;
    const made = pick(below, [
      () => this.#text(),
      () => this.#text(),
      () => this.#number(),
      () => this.#listed(),
      () => ({ type: pick(below, ["boolean", "string", "integer"]) }),
      () => ({
        type: pick(below, [
          ["string", "null"],
          ["integer", "string"],
          ["number", "null", "boolean"],
        ]),
      }),
      () => ({ type: ["string", "integer"], format: "edtf" }),
      () => ({ type: "array", items: { type: "string" } }),
      () => ({ $ref: pick(below, ["#/$defs/word", "#/$defs/amount", "#/$defs/pair"]) }),
      () => (depth > 0 ? this.#list(depth - 1) : this.#text()),
      () => (depth > 0 ? this.#object(depth - 1) : this.#number()),
      () => (depth > 0 ? this.#union(depth - 1) : this.#listed()),
    ])() as Schema;
    if (depth > 0 && chance(below, 6))
      Object.assign(made, { not: pick<Schema>(below, [{ const: "a" }, { type: "null" }, { minLength: 90 }, { pattern: LONG_PATTERN }]) });
    return made;
  }

  #text(): Schema {
    const below = this.#below;
    const schema: Schema = { type: "string" };
    if (chance(below, 20)) schema["minLength"] = below(4);
    if (chance(below, 20)) schema["maxLength"] = below(20);
    if (chance(below, 25)) schema["pattern"] = pick(below, Object.keys(PATTERNS));
    if (chance(below, 20)) schema.format = pick(below, Object.keys(FORMATS));
    return schema;
  }

  #number(): Schema {
    const below = this.#below;
    const schema: Schema = { type: pick(below, ["integer", "number"]) };
    if (chance(below, 15)) schema["minimum"] = below(3) - 1;
    if (chance(below, 15)) schema["exclusiveMaximum"] = below(10);
    if (chance(below, 20)) schema["multipleOf"] = pick(below, [1, 2, 0.5, 0.1, 0.01, 0.001, 0.0001]);
    // With bounds on both sides, such numbers are decimals in Parquet files.
    if (chance(below, 80) && isDecimalStep(schema)) Object.assign(schema, { minimum: -1000, maximum: 99_999 });
    return schema;
  }

  #listed(): Schema {
    const below = this.#below;
    if (chance(below, 20)) return { const: pick<unknown>(below, ["a", 1, true, null, 1.5]) };
    return { enum: some(below, ["a", "b", 'say "x"', "é", 1, 1.5, true, null, "x\\y", "≤37"], 5).concat("a") };
  }

  #list(depth: number): Schema {
    const below = this.#below;
    const schema: Schema = { type: "array", items: this.#column(depth) };
    if (chance(below, 15)) schema["minItems"] = below(3);
    if (chance(below, 15)) schema["maxItems"] = below(4);
    if (chance(below, 15)) schema["uniqueItems"] = true;
    if (chance(below, 8))
      Object.assign(
        schema,
        { contains: this.#listed() },
        pick<object>(below, [{}, { minContains: 2 }, { maxContains: 1 }, { minContains: 0 }]),
      );
    const first = chance(below, 5) ? this.#text() : undefined;
    // A dataset may not have it with another type (lostValues).
    if (first && schema.items?.type === "string") schema["prefixItems"] = [first];
    return schema;
  }

  #object(depth: number): Schema {
    const below = this.#below;
    const properties = Object.fromEntries(some(below, NAMES, 4).map((name) => [name, this.#column(depth)]));
    const schema: Schema = { type: "object", properties };
    if (chance(below, 30)) schema.required = some(below, Object.keys(properties), 2);
    if (chance(below, 40)) schema["additionalProperties"] = pick<unknown>(below, [false, false, true, { type: "integer" }]);
    if (chance(below, 15)) schema["patternProperties"] = { [pick(below, ["^a", "^[a-c]$", "x"])]: this.#text() };
    if (chance(below, 10)) schema["propertyNames"] = pick<Schema>(below, [{ maxLength: 3 }, { pattern: "^[a-z]+$" }]);
    if (chance(below, 15)) schema["minProperties"] = below(2);
    if (chance(below, 15)) schema["maxProperties"] = 1 + below(2);
    return Object.assign(schema, this.#combination(Object.keys(properties), properties));
  }

  #union(depth: number): Schema {
    const below = this.#below;
    const several = (): Schema[] => Array.from({ length: 1 + below(3) }, () => this.#schema(depth));
    const kinds = ["a", "b", "c"].slice(0, 1 + below(3));
    return pick(below, [
      () => ({ anyOf: several() }),
      () => ({ oneOf: several() }),
      () => ({ allOf: several() }),
      () => ({
        oneOf: kinds.map((kind) => ({
          type: "object",
          required: ["kind"],
          properties: { kind: { const: kind }, value: this.#schema(0) },
          ...(chance(below, 50) ? { additionalProperties: false } : {}),
        })),
      }),
    ])();
  }

  /** Keywords of an object besides its properties. */
  #combination(names: readonly string[], properties: Readonly<Record<string, Schema>>): Schema {
    const below = this.#below;
    const [first, second] = some(below, names, 2);
    if (first === undefined || second === undefined || chance(below, 60)) return {};
    return pick(below, [
      () => ({ dependentRequired: { [first]: [second] } }),
      // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
      () => ({ if: { properties: { [first]: { enum: [{ a: 1 }, "a", 1] } }, required: [first] }, then: { required: [second] } }),
      () => ({ dependentSchemas: { [first]: { required: [second] } } }),
      // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
      () => ({ if: { properties: { [first]: this.#listed() }, required: [first] }, then: { required: [second] } }),
      // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
      () => ({ if: { required: [first] }, then: { properties: { [second]: this.#schema(0) } }, else: { maxProperties: 4 } }),
      () => ({ anyOf: [{ required: [first] }, { required: [second] }] }),
      () => ({ oneOf: [{ required: [first] }, { required: [second] }] }),
      () => ({ not: { required: [first, second] } }),
      () => ({ allOf: [{ properties: { [first]: properties[first] ?? {} } }, { minProperties: 1 }] }),
      () => ({ unevaluatedProperties: false }),
    ])();
  }
}

/** Generates values that a schema mostly allows. */
export class RandomValue {
  readonly #below: Below;
  readonly #root: Schema;
  constructor(below: Below, root: Schema) {
    this.#below = below;
    this.#root = root;
  }

  /** A record of a table; `number` makes its key unique. */
  record(schema: Schema, number: number): Record<string, unknown> {
    const made = this.#object(schema, 0);
    if (chance(this.#below, 95)) Object.assign(made, { id: `k${number}`, no: number });
    return made;
  }

  value(schema: Schema, depth: number): unknown {
    const below = this.#below;
    if (chance(below, 2) || depth > 6) return this.#anything();
    if (typeof schema["$ref"] === "string")
      return this.value((this.#root["$defs"] as Record<string, Schema>)[schema["$ref"].slice(8)] ?? {}, depth);
    for (const word of ["anyOf", "oneOf", "allOf"])
      if (Array.isArray(schema[word]) && !schema.properties) return this.value(pick(below, schema[word] as Schema[]), depth + 1);
    if (schema.enum) return pick(below, schema.enum);
    if (schema.const !== undefined) return schema.const;
    const type = Array.isArray(schema.type) ? pick(below, schema.type) : schema.type;
    if (type === "object" || schema.properties) return this.#object(schema, depth);
    if (type === "array" && chance(below, 10)) return [[""], ["[]"], [null], [[]], [0]][below(5)];
    if (type === "array") return Array.from({ length: below(4) }, () => this.value(schema.items ?? {}, depth + 1));
    if (type === "integer" && schema.format) return 2020;
    if (type === "integer") return chance(below, 90) ? below(40) - 10 : pick(below, NUMBERS);
    if (type === "number" && isDecimalStep(schema) && chance(below, 80))
      return Number(((below(4_000_000) - 500_000) * (schema["multipleOf"] as number)).toFixed(4));
    if (type === "number") return pick(below, NUMBERS);
    if (type === "boolean") return below(2) === 0;
    if (type === "null") return null;
    return this.#text(schema);
  }

  #text(schema: Schema): string {
    const below = this.#below;
    if (schema["pattern"] && chance(below, 80)) return pick(below, PATTERNS[schema["pattern"] as string] ?? TEXTS);
    if ((schema["not"] as Schema | undefined)?.["pattern"] && chance(below, 10)) return pick(below, PATTERNS[LONG_PATTERN] ?? TEXTS);
    if (schema.format && chance(below, 80)) return pick(below, FORMATS[schema.format] ?? TEXTS);
    return schema.references && chance(below, 70) ? pick(below, ["x", "y", "z;", "=q"]) : pick(below, TEXTS);
  }

  #object(schema: Schema, depth: number): Record<string, unknown> {
    const below = this.#below;
    const made: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(schema.properties ?? {}))
      if (schema.required?.includes(name) || chance(below, 60)) made[name] = this.value(inner, depth + 1);
    if (chance(below, 8)) made[pick(below, chance(below, 30) ? ODD_NAMES : NAMES)] = this.#anything();
    return made;
  }

  #anything(): unknown {
    return pick<unknown>(this.#below, [
      null,
      true,
      {},
      [],
      [[]],
      { a: 1 },
      ["a", null],
      pick(this.#below, TEXTS),
      pick(this.#below, NUMBERS),
    ]);
  }
}
