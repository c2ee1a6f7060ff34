import { recordAnchor } from "../contract/record-anchor.ts";
import { TONES, type Tone } from "../schema/schema.ts";
import type { Explored } from "./explorer/explored.ts";
import { facetName } from "./explorer/facet-name.ts";
import { describedStatuses } from "./explorer/list-statuses.ts";
import { propertyWithRole } from "./explorer/property.ts";
import { BOARD_STATUSES } from "./limits.ts";
import type { Board, BoardGroup } from "./page/release-page.ts";

type Member = BoardGroup["members"][number];

/** The status of each record. */
function* statusMembers({ plan, records }: Explored, linkOf: (key: string) => string): Generator<[status: string, member: Member]> {
  const own = propertyWithRole(plan, "status");
  if (!own) return;
  for (const record of records) {
    const status = record[own[0]];
    if (status === undefined || status === null) continue;
    const key = recordAnchor(plan, record);
    const label = plan.labelColumn === undefined ? undefined : record[plan.labelColumn];
    yield [String(status), { label: typeof label === "string" ? label : key, href: linkOf(key) }];
  }
}

/** Groups the records of a table by status. */
export function makeBoard(explored: Explored, linkOf: (key: string) => string): Board | undefined {
  const { plan, records } = explored;
  // With only the first rows, groups would be incomplete.
  if (records.length < explored.total) return undefined;
  const rowsOf = (status: string): string =>
    `?${new URLSearchParams({ [facetName(propertyWithRole(plan, "status")?.[0] ?? "")]: status })}#explore`;
  const members = new Map<string, Member[]>();
  for (const [status, member] of statusMembers(explored, linkOf)) members.set(status, [...(members.get(status) ?? []), member]);
  const groups = describedStatuses(plan, members.keys()).flatMap(([value, { tone, title, description }]): BoardGroup[] => {
    const list = members.get(value);
    const known: Tone = tone && TONES.includes(tone) ? tone : "context";
    return list
      ? [{ label: title ?? value, tone: known, members: list, rows: rowsOf(value), ...(description ? { description } : {}) }]
      : [];
  });
  if (groups.length === 0 || groups.length > BOARD_STATUSES) return undefined;
  return { title: plan.board?.title ?? propertyWithRole(plan, "status")?.[1].title ?? "Status", groups };
}
