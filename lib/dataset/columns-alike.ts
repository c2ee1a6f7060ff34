import { isObject } from "../contract/is-object.ts";
import { lookAlikeSkeleton } from "../diagnostics/look-alike-skeleton.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import type { Schema } from "../schema/schema.ts";
import { planTable, type TablePlan } from "../schema/table-plan.ts";
import { propertyNodes } from "./property-nodes.ts";
import { referencedNodes } from "./referenced-nodes.ts";

/** Case-insensitive name (SQLite, Windows, macOS), with accents normalized. */
const folded = (name: string): string => name.normalize("NFC").toLowerCase();

/** Columns whose names differ only by case, or look the same. */
export function columnsAlike(root: Schema): ValueProblem[] {
  return propertyNodes({ schema: root, path: [] }).flatMap((table) => {
    const name = String(table.path.at(-1));
    const plan = planTable(name, root);
    const records = referencedNodes(table, root).flatMap(({ schema, path }) =>
      isObject(schema.items) ? referencedNodes({ schema: schema.items, path: [...path, "items"] }, root) : [],
    );
    const pathOf = (property: string): ValueProblem["path"] => {
      const at = records.find(({ schema }) => Object.hasOwn(schema.properties ?? {}, property));
      return [...(at?.path ?? table.path), "properties", property];
    };
    const seen = new Map<string, string>();
    const alike = plan.columns.flatMap((column): ValueProblem[] => {
      const look = lookAlikeSkeleton(column.name);
      const other = seen.get(look);
      seen.set(look, column.name);
      if (other === undefined || other === column.name) return [];
      const differByCase = folded(other) === folded(column.name);
      const [property = ""] = column.path;
      return [
        {
          path: pathOf(property),
          isName: true,
          message: `The columns "${other}" and "${column.name}" of "${name}" ${differByCase ? "differ by case only" : "look the same to people"}`,
          remedy: differByCase ? "Rename one: SQLite and other programs treat them as one column." : "Rename one.",
        },
      ];
    });
    return [...alike, ...listsAlike(plan).map(({ property, ...problem }) => ({ ...problem, path: pathOf(property) }))];
  });
}

/** Lists at different paths whose link tables would share a name: `b_c` of `a`, and `c` of `a_b`. The second would lose its values. */
function listsAlike({ name, columns }: TablePlan): (Pick<ValueProblem, "isName" | "message" | "remedy"> & { property: string })[] {
  const lists = new Map<string, string>();
  return columns.flatMap(({ item, path }) => {
    const [list, shown] = [path.join("_"), path.join(".")];
    const other = item && (lists.get(list) ?? shown);
    if (item && !lists.has(list)) lists.set(list, shown);
    if (other === undefined || other === shown) return [];
    lists.set(list, shown);
    const message = `The lists ${other} and ${shown} of "${name}" would both be published as ${name}_${list}`;
    return [{ property: path[0] ?? "", isName: true, message, remedy: "Rename one." }];
  });
}
