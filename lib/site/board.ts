import { recordAnchor } from "../contract/record-key.ts";
import { TONES, type Tone } from "../schema/table-plan.ts";
import { statusesOf, statusNotes } from "./explorer/facets.ts";
import type { Explored } from "./explorer/model-of.ts";
import { withRole } from "./explorer/roles.ts";
import type { Board, BoardGroup } from "./page/release.ts";

const nameOfRecord = (explored: Explored, key: string): string =>
  explored.labels.get(withRole(explored.plan, "subject")?.[1].references ?? "")?.get(key) ?? key;

/** Who stands where: the answer to the main question of a table, where its schema says which that is. */
export function boardOf(explored: Explored, linkOf: (key: string) => string): Board | undefined {
  const { plan, records } = explored;
  // Of the first rows of many nobody can say who stands where.
  if (records.length < explored.total) return undefined;
  const own = withRole(plan, "status");
  const notes = statusNotes(plan);
  const members = new Map<string, { label: string; href: string }[]>();
  const add = (status: unknown, label: string, key: string): void => {
    const list = members.get(String(status)) ?? [];
    list.push({ label, href: linkOf(key) });
    members.set(String(status), list);
  };
  if (own)
    for (const record of records) {
      const label = plan.labelColumn === undefined ? undefined : record[plan.labelColumn];
      add(record[own[0]], typeof label === "string" ? label : recordAnchor(plan, record), recordAnchor(plan, record));
    }
  else if (plan.board) {
    for (const [key, statuses] of statusesOf(explored)) for (const status of statuses) add(status, nameOfRecord(explored, key), key);
  }
  const groups = Object.entries(notes).flatMap(([value, note]): BoardGroup[] => {
    const list = members.get(value);
    const tone: Tone = note.tone && TONES.includes(note.tone) ? note.tone : "context";
    return list
      ? [{ label: note.title ?? value, tone, members: list, ...(note.description ? { description: note.description } : {}) }]
      : [];
  });
  if (groups.length === 0 || groups.some((group) => group.members.length > MAX_MEMBERS)) return undefined;
  return { title: plan.board?.title ?? own?.[1].title ?? "Status", groups };
}

/** A group of more is no answer at a glance. */
const MAX_MEMBERS = 60;
