import { pathOf, type RecordFault } from "../diagnostics/record-errors.ts";
import { planTable, resolve, type Schema, typeOf } from "../schema/table-plan.ts";
import { OWN_WORDS, subschemas } from "./schema-keywords.ts";

type Path = readonly (string | number)[];

/** A schema and where it stands. */
interface Spot {
  schema: Schema;
  path: Path;
}

const isObject = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);
const MAX_DEPTH = 16;

/** A schema and all that its `$ref` lead to: the words of each are read. */
function spotsOf({ schema, path }: Spot, root: Schema, depth = 0): Spot[] {
  const ref = schema["$ref"];
  if (typeof ref !== "string" || !ref.startsWith("#") || depth > MAX_DEPTH) return [{ schema, path }];
  const target = pathOf(ref);
  const found = target.reduce<unknown>((node, part) => (isObject(node) ? node[part] : undefined), root);
  return [{ schema, path }, ...(isObject(found) ? spotsOf({ schema: found, path: target }, root, depth + 1) : [])];
}

const isScalar = (schema: Schema): boolean => ["string", "integer", "number", "boolean"].includes(typeOf(schema));

/** A list of values, or of objects that hold values only, has columns; what lies deeper is JSON. */
function hasColumns(item: Schema, root: Schema): boolean {
  if (isScalar(item)) return true;
  const properties = Object.values(item.properties ?? {});
  return typeOf(item) === "object" && properties.length > 0 && properties.every((schema) => isScalar(resolve(schema, root)));
}

/** Collects where words of this product are read: each path with the word at its end, as JSON. */
class Readers {
  readonly read = new Set<string>();
  readonly #root: Schema;
  constructor(root: Schema) {
    this.#root = root;
  }

  #mark(spots: readonly Spot[], ...words: string[]): void {
    for (const { path } of spots) for (const word of words) this.read.add(JSON.stringify([...path, word]));
  }

  table(spot: Spot): void {
    const spots = spotsOf(spot, this.#root);
    this.#mark(spots, "primaryKey", "board");
    for (const { schema, path } of spots)
      if (isObject(schema.items))
        for (const record of spotsOf({ schema: schema.items, path: [...path, "items"] }, this.#root))
          for (const property of propertiesOf(record)) this.value(property, { isTop: true, isColumn: true, depth: 0 });
  }

  value(spot: Spot, { isTop, isColumn, depth }: { isTop: boolean; isColumn: boolean; depth: number }): void {
    if (depth > MAX_DEPTH) return;
    const spots = spotsOf(spot, this.#root);
    const resolved = resolve(spot.schema, this.#root);
    if (isTop) this.#mark(spots, "role");
    if (typeOf(resolved) !== "array") this.#mark(spots, "display", "displayFalse", "values");
    if (isColumn && isScalar(resolved)) this.#mark(spots, "references");
    const inside = { isTop: false, depth: depth + 1 };
    for (const place of spots) {
      for (const property of propertiesOf(place)) this.value(property, { ...inside, isColumn });
      const { items } = place.schema;
      if (isObject(items))
        this.value(
          { schema: items, path: [...place.path, "items"] },
          { ...inside, isColumn: isColumn && hasColumns(resolve(items, this.#root), this.#root) },
        );
    }
  }
}

const propertiesOf = ({ schema, path }: Spot): Spot[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    isObject(inner) ? [{ schema: inner, path: [...path, "properties", name] }] : [],
  );

const WHERE: Record<string, string> = {
  primaryKey: "Move it to the table, beside items.",
  board: "Move it to the table, beside items.",
  role: "Move it to a column of the table itself.",
  references: "It is read at a column, at a value in an object, and in a list of values or of flat objects: move it there.",
};

/** Words of this product that stand where nothing reads them, so that nothing would be checked or shown by them. */
export function unreadWords(root: Schema): RecordFault[] {
  const readers = new Readers(root);
  for (const table of propertiesOf({ schema: root, path: [] })) readers.table(table);
  const used = new Set([...JSON.stringify(root).matchAll(/"\$ref":"#\/\$defs\/([^"/]+)/g)].map(([, name]) => name));
  const faults: RecordFault[] = [];
  const visit = ({ schema, path }: Spot): void => {
    // Nothing is meant by a definition that nobody uses.
    if (path[0] === "$defs" && path.length === 2 && !used.has(String(path[1]))) return;
    for (const word of OWN_WORDS)
      if (Object.hasOwn(schema, word) && !readers.read.has(JSON.stringify([...path, word])))
        faults.push({
          path: [...path, word],
          atName: true,
          message: `"${word}" is not read here, so it would do nothing`,
          remedy: WHERE[word] ?? "Move it to a column, or to a value in one.",
        });
    for (const inner of subschemas(schema)) visit({ schema: inner.schema, path: [...path, ...inner.path] });
  };
  visit({ schema: root, path: [] });
  return faults;
}

/** Columns and tables are one where case makes no difference (SQLite, Windows, macOS) or accents are written in another way. */
const folded = (name: string): string => name.normalize("NFC").toLowerCase();

/** Names of columns that differ by case only. */
export function columnsAlike(root: Schema): RecordFault[] {
  return propertiesOf({ schema: root, path: [] }).flatMap((table) => {
    const name = String(table.path.at(-1));
    const plan = planTable(name, root);
    const records = spotsOf(table, root).flatMap(({ schema, path }) =>
      isObject(schema.items) ? spotsOf({ schema: schema.items, path: [...path, "items"] }, root) : [],
    );
    const seen = new Map<string, string>();
    return plan.columns.flatMap((column): RecordFault[] => {
      const other = seen.get(folded(column.name));
      seen.set(folded(column.name), column.name);
      if (other === undefined || other === column.name) return [];
      const [property = ""] = column.path;
      const at = records.find(({ schema }) => Object.hasOwn(schema.properties ?? {}, property));
      return [
        {
          path: [...(at?.path ?? table.path), "properties", property],
          atName: true,
          message: `The columns "${other}" and "${column.name}" of "${name}" differ by case only`,
          remedy: "Rename one: SQLite and other programs take them for one column.",
        },
      ];
    });
  });
}
