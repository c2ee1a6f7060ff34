import { isObject } from "../../contract/is-object.ts";
import { compileLazily, KNOWN_FORMATS, OWN_FORMATS } from "../../schema/compile-record.ts";
import { type LinearPattern, linearPattern } from "../../schema/linear-pattern.ts";
import type { Schema } from "../../schema/schema.ts";
import { ByteMap } from "./byte-map.ts";
import { type BytePattern, compileBytePattern } from "./byte-pattern.ts";
import type { PropertyNames } from "./property-names.ts";
import { ANY_KIND, NUMBER, ValueKind } from "./value-kind.ts";

/**
 * A schema compiled for a tape. Undefined or empty properties check nothing. All properties exist from the start, because JavaScript
 * engines are fastest with objects of one shape.
 */
export class RecordCheck {
  /** Allowed kinds of values. */
  kinds = ANY_KIND;
  /** The canonical texts of allowed strings (without quotes) and numbers. `kinds` covers other values. */
  allowed: { strings: ByteMap; numbers: ByteMap } | undefined = undefined;
  text: TextCheck | undefined = undefined;
  number: NumberCheck | undefined = undefined;
  object: ObjectCheck | undefined = undefined;
  list: ListCheck | undefined = undefined;
  /** Combined schemas. */
  combined: CombinedCheck | undefined = undefined;
  /** The schema has unsupported keywords, so ajv decides. */
  isPartial = false;
}

/** Schemas that a value must satisfy in addition to its own keywords. */
export class CombinedCheck {
  /** Schemas of `allOf` and `$ref`, which must all hold. */
  all: RecordCheck[] = [];
  /** At least one schema of each list must hold. */
  any: RecordCheck[][] = [];
  /** Exactly one schema of each list must hold. */
  one: RecordCheck[][] = [];
  not: RecordCheck | undefined = undefined;
  when: { condition: RecordCheck; holding: RecordCheck | undefined; otherwise: RecordCheck | undefined } | undefined = undefined;
}

class TextCheck {
  minLength = 0;
  maxLength = Number.POSITIVE_INFINITY;
  patterns: { bytes: BytePattern | undefined; test(text: string): boolean }[] = [];
  /** Whether a text has the format. Our own formats are checked directly, others by ajv. */
  format: ((text: string) => boolean) | undefined = undefined;
  /** The format is `date` or `edtf`, for which most values can be decided without ajv. */
  isDay = false;
  isEdtf = false;
}

class NumberCheck {
  minimum = Number.NEGATIVE_INFINITY;
  maximum = Number.POSITIVE_INFINITY;
  above = Number.NEGATIVE_INFINITY;
  below = Number.POSITIVE_INFINITY;
  multipleOf: ((value: number) => boolean) | undefined = undefined;
}

export interface ObjectCheck {
  /** The checks of a property by the number of its name; filled lazily. */
  properties: (PropertyCheck | undefined)[];
  property(name: number): PropertyCheck;
  requiredCount: number;
  minProperties: number;
  maxProperties: number;
  /** If a property with the name exists, the required ones must exist and the check must hold. */
  dependent: { name: number; required: number[]; check: RecordCheck | undefined }[];
}

interface PropertyCheck {
  isRequired: boolean;
  check: RecordCheck | undefined;
  /** Additional checks, since a name may match several patterns. */
  others: RecordCheck[];
}

class ListCheck {
  minItems = 0;
  maxItems = Number.POSITIVE_INFINITY;
  prefix: RecordCheck[] = [];
  items: RecordCheck | undefined = undefined;
  contains: { check: RecordCheck; least: number; most: number } | undefined = undefined;
  unique: ((list: unknown[]) => boolean) | undefined = undefined;
}

export type { ListCheck, NumberCheck, TextCheck };

/** Keywords that do not restrict values. */
const ANNOTATIONS = new Set(
  ["$schema", "$comment", "$defs", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"].concat(
    ["contentEncoding", "contentMediaType", "contentSchema"],
    ["primaryKey", "references", "display", "displayFalse", "role", "values", "board", "search"],
  ),
);

const KINDS: Record<string, number> = {
  string: ValueKind.string,
  integer: ValueKind.integer,
  number: NUMBER,
  object: ValueKind.object,
  array: ValueKind.list,
  boolean: ValueKind.true | ValueKind.false,
  null: ValueKind.null,
};

/** Compiles rare keywords with ajv. */
const askAjv = (schema: Schema): ((value: unknown) => boolean) => {
  const validator = compileLazily(schema);
  return (value) => validator()(value) === true;
};

/** Compiles the schema of a record. `names` numbers the names of properties. */
export function compileRecordCheck(record: Schema, names: PropertyNames): RecordCheck {
  return new CheckCompiler(record, names).check(record);
}

type CompileKeyword = (check: RecordCheck, value: unknown, schema: Schema) => void;

class CheckCompiler {
  readonly #root: Schema;
  readonly #names: PropertyNames;
  /** One check per schema, because schemas may be recursive. */
  readonly #compiled = new Map<unknown, RecordCheck>();
  /** `$id` changes the base of references, which is not supported. */
  readonly #hasIds: boolean;

  constructor(root: Schema, names: PropertyNames) {
    this.#root = root;
    this.#names = names;
    this.#hasIds = JSON.stringify(root).includes('"$id":');
  }

  check(schema: unknown): RecordCheck {
    const known = this.#compiled.get(schema);
    if (known) return known;
    const check = new RecordCheck();
    this.#compiled.set(schema, check);
    if (schema === false) check.kinds = 0;
    else if (!isObject(schema)) check.isPartial = schema !== true;
    else this.#addKeywords(check, schema);
    return check;
  }

  #addKeywords(check: RecordCheck, schema: Schema): void {
    for (const [keyword, value] of Object.entries(schema)) {
      const compile = Object.hasOwn(this.#keywords, keyword) ? this.#keywords[keyword] : undefined;
      if (compile) compile(check, value, schema);
      else if (!ANNOTATIONS.has(keyword) && !keyword.startsWith("x-")) check.isPartial = true;
    }
  }

  #checks(schemas: unknown): RecordCheck[] {
    return (schemas as unknown[]).map((schema) => this.check(schema));
  }

  readonly #keywords: Record<string, CompileKeyword> = {
    type: (check, value) => {
      check.kinds &= [value].flat().reduce<number>((kinds, type) => kinds | (KINDS[type as string] ?? 0), 0);
    },
    enum: (check, value) => this.#allow(check, value as unknown[]),
    const: (check, value) => this.#allow(check, [value]),
    $ref: (check, value) => {
      const target = this.#target(String(value));
      if (target === undefined) check.isPartial = true;
      else combined(check).all.push(this.check(target));
    },
    allOf: (check, value) => void combined(check).all.push(...this.#checks(value)),
    anyOf: (check, value) => void combined(check).any.push(this.#checks(value)),
    oneOf: (check, value) => void combined(check).one.push(this.#checks(value)),
    not: (check, value) => {
      combined(check).not = this.check(value);
    },
    if: (check, value, schema) => {
      const branch = (keyword: string): RecordCheck | undefined =>
        schema[keyword] === undefined ? undefined : this.check(schema[keyword]);
      combined(check).when = { condition: this.check(value), holding: branch("then"), otherwise: branch("else") };
    },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: () => {},
    else: () => {},
    ...textKeywords,
    ...numberKeywords,
    ...this.#listKeywords(),
    ...Object.fromEntries(
      OBJECT_KEYWORDS.map((keyword) => [keyword, (check: RecordCheck, _: unknown, schema: Schema) => this.#object(check, schema)]),
    ),
  };

  /** The schema that a local reference points to. */
  #target(ref: string): unknown {
    if (this.#hasIds || ref.includes("%") || !(ref === "#" || ref.startsWith("#/"))) return undefined;
    return ref
      .split("/")
      .slice(1)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>(
        (node, part) =>
          typeof node === "object" && node !== null && Object.hasOwn(node, part) ? node[part as keyof typeof node] : undefined,
        this.#root,
      );
  }

  #allow(check: RecordCheck, values: readonly unknown[]): void {
    let kinds = 0;
    const strings = new ByteMap();
    const numbers = new ByteMap();
    for (const value of values) {
      const text = Buffer.from(JSON.stringify(value));
      if (typeof value === "string") {
        kinds |= ValueKind.string;
        strings.add(text, 1, text.length - 1);
      } else if (typeof value === "number") {
        kinds |= NUMBER;
        numbers.add(text, 0, text.length);
      } else if (value === null) kinds |= ValueKind.null;
      else if (typeof value === "boolean") kinds |= value ? ValueKind.true : ValueKind.false;
      else {
        check.isPartial = true;
        return;
      }
    }
    check.kinds &= kinds;
    // `enum` and `const` together are two sets.
    if (check.allowed) combined(check).all.push(Object.assign(new RecordCheck(), { kinds, allowed: { strings, numbers } }));
    else check.allowed = { strings, numbers };
  }

  #listKeywords(): Record<string, CompileKeyword> {
    const list = (check: RecordCheck): ListCheck => {
      check.list ??= new ListCheck();
      return check.list;
    };
    return {
      minItems: (check, value) => {
        list(check).minItems = value as number;
      },
      maxItems: (check, value) => {
        list(check).maxItems = value as number;
      },
      prefixItems: (check, value) => {
        list(check).prefix = this.#checks(value);
      },
      items: (check, value) => {
        list(check).items = this.check(value);
      },
      uniqueItems: (check, value) => {
        if (value === true) list(check).unique = askAjv({ uniqueItems: true });
      },
      contains: (check, value, schema) => {
        list(check).contains = {
          check: this.check(value),
          least: (schema["minContains"] as number | undefined) ?? 1,
          most: (schema["maxContains"] as number | undefined) ?? Number.POSITIVE_INFINITY,
        };
      },
      minContains: () => {},
      maxContains: () => {},
    };
  }

  /** Compiles all keywords for objects at once, because the checks of a property depend on several of them. */
  #object(check: RecordCheck, schema: Schema): void {
    if (check.object) return;
    const number = (name: string): number => this.#names.add(name);
    const required = new Set(schema.required);
    const dependent = (keyword: string): [string, unknown][] =>
      Object.entries((schema[keyword] as Record<string, unknown> | undefined) ?? {});
    const properties = schema.properties ?? {};
    const patterns = Object.entries((schema["patternProperties"] as Record<string, unknown> | undefined) ?? {}).map(([pattern, inner]) => ({
      pattern: linearPattern(pattern),
      check: this.check(inner),
    }));
    const rest = schema["additionalProperties"];
    const nameCheck = schema["propertyNames"] === undefined ? undefined : this.#nameValidator(schema["propertyNames"]);
    for (const name of [...Object.keys(properties), ...required]) number(name);
    for (const inner of Object.values(properties)) this.check(inner);
    const restCheck = rest === undefined || rest === true ? undefined : this.check(rest);
    const make = (text: string): PropertyCheck => {
      const checks = Object.hasOwn(properties, text) ? [this.check(properties[text])] : [];
      for (const { pattern, check } of patterns) if (pattern.test(text)) checks.push(check);
      if (checks.length === 0 && restCheck) checks.push(restCheck);
      if (nameCheck && !nameCheck(text)) checks.push(this.check(false));
      const [first, ...others] = checks;
      return { isRequired: required.has(text), check: first, others };
    };
    // ajv overlooks a missing property if its name is empty, so only ajv can decide.
    if (required.delete("") || dependent("dependentRequired").some(([, others]) => (others as string[]).includes("")))
      check.isPartial = true;
    const known: (PropertyCheck | undefined)[] = [];
    check.object = {
      properties: known,
      property: (name) => {
        const made = make(this.#names.text(name));
        known[name] = made;
        return made;
      },
      requiredCount: required.size,
      minProperties: (schema["minProperties"] as number | undefined) ?? 0,
      maxProperties: (schema["maxProperties"] as number | undefined) ?? Number.POSITIVE_INFINITY,
      dependent: [
        ...dependent("dependentRequired").map(([name, others]) => ({
          name: number(name),
          required: (others as string[]).filter((other) => other !== "").map(number),
          check: undefined,
        })),
        ...dependent("dependentSchemas").map(([name, inner]) => ({ name: number(name), required: [], check: this.check(inner) })),
      ],
    };
  }

  /** An ajv validator for property names, with the definitions that its schema may refer to. */
  #nameValidator(schema: unknown): (value: unknown) => boolean {
    return askAjv({ $defs: this.#root["$defs"] ?? {}, allOf: [schema] });
  }
}

const OBJECT_KEYWORDS = ["properties", "required", "additionalProperties", "patternProperties", "propertyNames"].concat([
  "minProperties",
  "maxProperties",
  "dependentRequired",
  "dependentSchemas",
]);

function combined(check: RecordCheck): CombinedCheck {
  check.combined ??= new CombinedCheck();
  return check.combined;
}

function text(check: RecordCheck): TextCheck {
  check.text ??= new TextCheck();
  return check.text;
}

const textKeywords: Record<string, CompileKeyword> = {
  minLength: (check, value) => {
    text(check).minLength = value as number;
  },
  maxLength: (check, value) => {
    text(check).maxLength = value as number;
  },
  pattern: (check, value) => {
    const bytes = compileBytePattern(String(value));
    let pattern: LinearPattern | undefined;
    // Compiled for the first text that the automaton does not decide: in most tables there is none.
    const test = (found: string): boolean => {
      pattern ??= linearPattern(String(value));
      return pattern.test(found);
    };
    text(check).patterns.push({ bytes, test });
  },
  format: (check, value) => {
    const name = String(value);
    if (!KNOWN_FORMATS.includes(name)) check.isPartial = true;
    else {
      text(check).format = OWN_FORMATS[name] ?? askAjv({ format: name });
      text(check).isDay = value === "date" || value === "edtf";
      text(check).isEdtf = value === "edtf";
    }
  },
};

function number(check: RecordCheck): NumberCheck {
  check.number ??= new NumberCheck();
  return check.number;
}

const numberKeywords: Record<string, CompileKeyword> = {
  minimum: (check, value) => {
    number(check).minimum = value as number;
  },
  maximum: (check, value) => {
    number(check).maximum = value as number;
  },
  exclusiveMinimum: (check, value) => {
    number(check).above = value as number;
  },
  exclusiveMaximum: (check, value) => {
    number(check).below = value as number;
  },
  multipleOf: (check, value) => {
    number(check).multipleOf = askAjv({ multipleOf: value });
  },
};
