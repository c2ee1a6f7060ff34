import type { Explored } from "../site/explorer/explored.ts";
import type { Row } from "../site/explorer/explorer-model.ts";
import { propertyWithRole } from "../site/explorer/property.ts";
import type { StatementGroup } from "../site/page/statement-group.ts";

const rankOrder = ({ isPreferred, isDeprecated }: Row): number => (isPreferred ? 0 : isDeprecated ? 2 : 1);

/**
 * Statements by property: those of the board first, the others in the order of the table that defines properties, or else as
 * they come.
 */
export function groupStatements(
  { plan, labels, others }: Explored,
  statements: readonly { property: string; row: Row }[],
): StatementGroup[] {
  const table = propertyWithRole(plan, "property")?.[1].references ?? "";
  const { property, columns = [] } = plan.board ?? {};
  const order = [...(property === undefined ? [] : [property]), ...columns, ...(others.get(table)?.records.keys() ?? [])];
  const groups = new Map<string, Row[]>(order.map((key) => [key, []]));
  for (const { property, row } of statements) groups.set(property, [...(groups.get(property) ?? []), row]);
  return [...groups].flatMap(([key, rows]): StatementGroup[] =>
    rows.length === 0 ? [] : [{ title: labels.get(table)?.get(key) ?? key, rows: rows.toSorted((a, b) => rankOrder(a) - rankOrder(b)) }],
  );
}
