import { type DescribedValue, TONES, type Tone } from "../schema/schema.ts";
import type { Explored } from "./explorer/explored.ts";
import type { Row } from "./explorer/explorer-model.ts";
import { describedStatuses, listStatuses, statedStatus } from "./explorer/list-statuses.ts";
import { propertyWithRole } from "./explorer/property.ts";
import { standingRows } from "./explorer/standing-rows.ts";
import type { MainAnswers } from "./page/main-answers.ts";

interface Stated {
  /** Key of a subject → key of a property → its statements. */
  rows: ReadonlyMap<string, ReadonlyMap<string, Row[]>>;
  statuses: ReadonlyMap<Row, string>;
}

/** The statements about each subject, by property. */
function statedRows({ plan, records }: Explored, rows: readonly Row[]): Stated {
  const [subject = "", property = ""] = (["subject", "property"] as const).map((role) => propertyWithRole(plan, role)?.[0]);
  const stated = new Map<string, Map<string, Row[]>>();
  const statuses = new Map<Row, string>();
  for (const [i, record] of records.entries()) {
    const row = rows[i] as Row;
    const about = stated.get(String(record[subject])) ?? new Map<string, Row[]>();
    stated.set(String(record[subject]), about.set(String(record[property]), [...(about.get(String(record[property])) ?? []), row]));
    const status = statedStatus(plan, record);
    if (status !== undefined) statuses.set(row, status);
  }
  return { rows: stated, statuses };
}

const toneOf = ({ tone }: DescribedValue): Tone => (tone && TONES.includes(tone) ? tone : "context");

/** Makes a row for each subject that has a status, in the order of the statuses in the schema. */
export function makeAnswers(explored: Explored, rows: readonly Row[], linkOf: (key: string) => string): MainAnswers | undefined {
  const { plan, records, labels } = explored;
  const { board } = plan;
  const subject = propertyWithRole(plan, "subject");
  // With only the first rows, answers would be incomplete.
  if (!board?.property || !subject || records.length < explored.total) return undefined;
  const { property, first = [], columns = [] } = board;
  const properties = labels.get(propertyWithRole(plan, "property")?.[1].references ?? "");
  const titleOf = (key: string): string => properties?.get(key) ?? key;
  const stated = statedRows(explored, rows);
  const described = describedStatuses(plan, [...listStatuses(explored).values()].flat());
  const answers = described.flatMap(([code, meaning]) =>
    [...stated.rows].flatMap(([key, about]): MainAnswers["rows"] => {
      const statement = standingRows(about.get(property) ?? []).find((row) => stated.statuses.get(row) === code);
      if (!statement) return [];
      const cells = columns.map((column) => standingRows(about.get(column) ?? []));
      const label = labels.get(subject[1].references ?? "")?.get(key) ?? key;
      const before = first.map((each): [string, Row[]] => [titleOf(each), standingRows(about.get(each) ?? [])]);
      return [{ label, href: linkOf(key), status: meaning.title ?? code, tone: toneOf(meaning), first: before, statement, cells }];
    }),
  );
  if (answers.length === 0) return undefined;
  // A statement that contradicts a status states a status as well.
  const used = new Set(answers.flatMap(({ status, statement }) => [status, ...(statement.claims ?? []).map(({ text }) => text)]));
  return {
    title: board.title,
    subject: subject[1].title ?? subject[0],
    columns: columns.map(titleOf),
    rows: answers,
    legend: described.flatMap(([code, meaning]) => {
      const label = meaning.title ?? code;
      const { description } = meaning;
      return used.has(label) && description ? [{ label, tone: toneOf(meaning), description }] : [];
    }),
  };
}
