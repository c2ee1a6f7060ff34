import type { Explored } from "../site/explorer/explored.ts";
import type { Row } from "../site/explorer/explorer-model.ts";
import { propertyWithRole } from "../site/explorer/property.ts";
import { standingOrder } from "../site/explorer/standing-reader.ts";
import type { StatementGroup } from "../site/page/statement-group.ts";
import { propertyOrder } from "./property-order.ts";

/** Groups statements by property, in the given order of properties, followed by other properties in the order of the statements. */
export function groupStatements(
  { plan, labels, others }: Pick<Explored, "plan" | "labels" | "others">,
  statements: readonly { property: string; row: Row }[],
): StatementGroup[] {
  const table = propertyWithRole(plan, "property")?.[1].references ?? "";
  const board = new Set([plan.board?.property ?? "", ...(plan.board?.first ?? []), ...(plan.board?.columns ?? [])]);
  const groups = new Map<string, Row[]>(propertyOrder({ plan, others }).map((key) => [key, []]));
  for (const { property, row } of statements) groups.set(property, [...(groups.get(property) ?? []), row]);
  return [...groups].flatMap(([key, rows]): StatementGroup[] =>
    rows.length === 0
      ? []
      : [
          {
            title: labels.get(table)?.get(key) ?? key,
            ...(board.has(key) ? { isAnswer: true as const } : {}),
            rows: rows.toSorted((a, b) => standingOrder(a) - standingOrder(b)),
          },
        ],
  );
}
