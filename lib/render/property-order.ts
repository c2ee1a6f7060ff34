import type { Explored } from "../site/explorer/explored.ts";
import { propertyWithRole } from "../site/explorer/property.ts";

/** The properties of the board, followed by those of the table that defines properties. */
export function propertyOrder({ plan, others }: Pick<Explored, "plan" | "others">): string[] {
  const { property, first = [], columns = [] } = plan.board ?? {};
  const table = propertyWithRole(plan, "property")?.[1].references ?? "";
  return [...first, ...(property === undefined ? [] : [property]), ...columns, ...(others.get(table)?.records.keys() ?? [])];
}
