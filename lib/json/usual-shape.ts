import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/schema.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { parseJson } from "./parse-json.ts";
import { tooDeep } from "./too-deep.ts";

/** Sorts names by their known order; an unknown name stays after its predecessor. */
function inOrder(names: readonly string[], known: ReadonlyMap<string, number>): string[] {
  const groups: string[][] = [[]];
  for (const name of names) {
    if (known.has(name)) groups.push([name]);
    else groups.at(-1)?.push(name);
  }
  const [first = [], ...others] = groups;
  const at = ([name = ""]: string[]): number => known.get(name) ?? 0;
  return [...first, ...others.sort((a, b) => at(a) - at(b)).flat()];
}

/** The order of names in an object, or in the items of a list, by a schema. */
class NameOrder {
  readonly #root: Schema;
  readonly #here: Schema;
  readonly #known: ReadonlyMap<string, number>;
  readonly #below = new Map<string, NameOrder>();
  #items: NameOrder | undefined;

  constructor(schema: Schema, root: Schema) {
    this.#root = root;
    this.#here = resolveSchema(schema, root);
    this.#known = new Map(Object.keys(this.#here.properties ?? {}).map((name, i) => [name, i]));
  }

  /** Sorts the names of all objects in a value. */
  apply(value: unknown): unknown {
    if (Array.isArray(value)) {
      this.#items ??= new NameOrder(this.#here.items ?? {}, this.#root);
      return value.map((item) => this.#items?.apply(item));
    }
    if (value === null || typeof value !== "object") return value;
    const names = inOrder(Object.keys(value), this.#known);
    return Object.fromEntries(names.map((name) => [name, this.#of(name).apply((value as Record<string, unknown>)[name])]));
  }

  #of(name: string): NameOrder {
    const known = this.#below.get(name) ?? new NameOrder(this.#here.properties?.[name] ?? {}, this.#root);
    this.#below.set(name, known);
    return known;
  }
}

/**
 * Formats a value so that diffs in git stay small: two spaces, one value per line, names in the order of the schema.
 */
export function usualShape(value: unknown, plan?: TablePlan): string {
  const order = plan && Array.isArray(value) ? new NameOrder(plan.record, plan.record) : undefined;
  const records = order && Array.isArray(value) ? value.map((record) => order.apply(record)) : value;
  return `${JSON.stringify(records, null, 2)}\n`;
}

/** Whether a file is in the usual shape. */
export function hasUsualShape(text: string, plan?: TablePlan): boolean {
  if (tooDeep(text) !== undefined) return false;
  const parsed = parseJson(text);
  return parsed !== undefined && usualShape(parsed.value, plan) === text;
}
