import type { TablePlan } from "../../schema/table-plan.ts";
import type { FileChange } from "../format.ts";
import { type Leaf, leafColumns } from "./leaf.ts";

/** A Parquet type in the notation of its specification. */
function parquetType({ physical, logical, scale, isList }: Leaf): string {
  const type = logical === "decimal" ? `DECIMAL(${scale})` : (logical ?? physical).toUpperCase();
  return isList ? `LIST<${type}>` : type;
}

/** The columns of a table whose type in its Parquet file has changed. */
export function parquetChanges(file: string, old: TablePlan, now: TablePlan): FileChange[] {
  const leaves = new Map(leafColumns(now).map((leaf) => [leaf.name, leaf]));
  return leafColumns(old).flatMap((before): FileChange[] => {
    const after = leaves.get(before.name);
    if (!after) return [];
    const where = `${file}: column ${before.name}`;
    const about = { table: now.name, column: before.name };
    const [was, is] = [parquetType(before), parquetType(after)];
    if (was !== is) return [{ kind: "column-retyped", ...about, change: `${where} was ${was} and is ${is}` }];
    return before.hasAllItems && !after.hasAllItems
      ? [{ kind: "column-optional", ...about, change: `${where}: items of the list may be null` }]
      : [];
  });
}
