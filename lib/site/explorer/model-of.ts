import { recordAnchor } from "../../contract/record-key.ts";
import type { JsonRecord, Labels } from "../../formats/cells.ts";
import { singular } from "../../release/singular.ts";
import { resolve, type Schema, type TablePlan, TONES, type Tone } from "../../schema/table-plan.ts";
import { FILTER_VALUES } from "../limits.ts";
import { sourcesOf, sourceText } from "./citations.ts";
import { columnsOf, daysOf } from "./columns.ts";
import { type FacetOf, facetsOf, statedStatus, statusNotes } from "./facets.ts";
import { claimOf, type ExplorerColumn, type ExplorerModel, type Facet, type FacetValue, type Row, type Source } from "./model.ts";
import { inWords, isStatements, propertiesOf, valueNotes, withRole } from "./roles.ts";

/** What is read of a dataset for its explorer. */
export interface Explored {
  plan: TablePlan;
  /** The records that are explored; of a table that is too large the first ones. */
  records: readonly JsonRecord[];
  total: number;
  labels: Labels;
  /** Key → record, for tables that the explored one refers to. */
  others: ReadonlyMap<string, { plan: TablePlan; records: ReadonlyMap<string, JsonRecord> }>;
  /** Before the name of a file of the release. */
  base: string;
  day?: string;
  /** Filled while the model is made: the key of each of its sources. */
  sourceKeys: string[];
}

export const nounOf = (plan: TablePlan): [one: string, many: string] => {
  const many = plan.title.toLowerCase();
  return [singular(many), many];
};

/** So many claims are shown of those that contradict a row. */
const SHOWN_CLAIMS = 8;
/** So many more columns are shown of a row; the files hold all of them. */
const MORE = 40;

/** Sets against each row of a group those that say something else, without comparing each with each. */
function addClaims(group: readonly Row[], columns: readonly ExplorerColumn[]): void {
  const value = columns.findIndex(({ kind }) => kind === "value");
  const textOf = (row: Row): string => row.cells[value] ?? "";
  const counts = new Map<string, number>();
  for (const row of group) counts.set(textOf(row), (counts.get(textOf(row)) ?? 0) + 1);
  // The first rows of each value are enough to find the first that differ from any.
  const first = [...group].sort((a, b) => Number(b.isPreferred ?? false) - Number(a.isPreferred ?? false));
  const candidates = [...counts.keys()]
    .slice(0, SHOWN_CLAIMS + 1)
    .flatMap((text) => first.filter((row) => textOf(row) === text).slice(0, SHOWN_CLAIMS));
  for (const row of group) {
    const count = group.length - (counts.get(textOf(row)) ?? 0);
    if (count === 0) continue;
    const others = candidates.filter((other) => textOf(other) !== textOf(row));
    const shown = others.sort((a, b) => Number(b.isPreferred ?? false) - Number(a.isPreferred ?? false)).slice(0, SHOWN_CLAIMS);
    row.claims = shown.map((other) => claimOf({ columns }, other));
    if (count > shown.length) row.claimCount = count;
  }
}

interface Listed {
  values: FacetValue[];
  /** Place where a value was met → place in the list. */
  moved: number[];
}

/** The values of a facet as they are listed: those that were met in the records by their labels, each told from the others. */
function inOrder({ open, references, values }: FacetOf, { others }: Explored): Listed {
  const count = new Map<string, number>();
  for (const { label } of values.values()) count.set(label, (count.get(label) ?? 0) + 1);
  const table = references === undefined ? undefined : others.get(references);
  const told = (value: string, label: string): string => {
    if (count.get(label) === 1 || !table) return label;
    const title = table.records.get(value)?.["title"];
    return `${label}: ${typeof title === "string" && title !== label ? title : value}`;
  };
  const found = [...values.values()].map(({ place, ...value }) => ({ place, value: { ...value, label: told(value.value, value.label) } }));
  const letters = ({ value: { label } }: (typeof found)[number]): string => label.toLowerCase();
  if (open) found.sort((a, b) => (letters(a) < letters(b) ? -1 : letters(a) > letters(b) ? 1 : 0));
  const moved: number[] = [];
  for (const [i, { place }] of found.entries()) moved[place] = i;
  return { values: found.map(({ value }) => value), moved };
}

const HIDDEN_ROLES = new Set(["locator", "reason", "source", "conflict", "rank"]);

export function explorerModel(explored: Explored): ExplorerModel {
  const { plan, records, total, labels, base, day } = explored;
  const columns = columnsOf(plan);
  const facets = facetsOf(explored, columns);
  const cited = sourcesOf(plan);
  const [conflict, rank, reason] = ["conflict", "rank", "reason"].map((role) => withRole(plan, role)?.[0]);
  const tones = statusNotes(plan);
  const ownStatus = withRole(plan, "status")?.[0];
  const words = (name: string, schema: Schema, record: JsonRecord): string => inWords(schema, plan.record, record[name], labels);
  const places = new Map<string, number>();
  const sources: Source[] = [];
  const sourceIndex = (key: string): number => {
    const known = places.get(key);
    if (known !== undefined) return known;
    const table = cited && explored.others.get(cited.table);
    const record = table?.records.get(key);
    places.set(key, sources.length);
    explored.sourceKeys.push(key);
    sources.push(table && record ? sourceText(table.plan, record) : { title: key, by: "" });
    return sources.length - 1;
  };
  const members = new Map<string, number[]>();
  const inside = (facet: FacetOf, record: JsonRecord): number | number[] => {
    const held = facet.of(record).flatMap((value): number[] => {
      if (value === undefined || (!facet.open && !facet.values.has(value))) return [];
      let known = facet.values.get(value);
      if (!known) {
        known = { value, label: labels.get(facet.references ?? "")?.get(value) ?? value, count: 0, place: facet.values.size };
        facet.values.set(value, known);
      }
      known.count += 1;
      return [known.place];
    });
    return held.length > 1 ? held : (held[0] ?? -1);
  };
  const certainty = columns.find(({ kind }) => kind === "certainty");
  const toneOf = (record: JsonRecord): { tone?: Tone } => {
    // In other tables a record is a thing: its dates are not those of its status.
    const stated = ownStatus === undefined ? statedStatus(plan, record) : isStatements(plan) ? String(record[ownStatus]) : undefined;
    const tone = stated === undefined ? undefined : tones[stated]?.tone;
    // What is shown to be wrong is not drawn as if it held.
    const isRefuted = certainty !== undefined && valueNotes(certainty.schema)[String(record[certainty.name])]?.level === 0;
    return tone && TONES.includes(tone) && !isRefuted ? { tone } : {};
  };
  const shownNames = new Set(columns.map(({ name }) => name));
  const rest = propertiesOf(plan).filter(
    ([name, schema]) => !shownNames.has(name) && !HIDDEN_ROLES.has(schema.role ?? "") && !plan.primaryKey.includes(name),
  );
  const isSourceList = (schema: Schema): boolean => {
    const item = schema.items ? resolve(schema.items, plan.record) : undefined;
    return Object.values(item?.properties ?? {}).some((value) => resolve(value, plan.record).references === cited?.table);
  };
  const rows = records.map((record, i): Row => {
    const days = daysOf(plan, record, columns);
    const group = conflict === undefined ? undefined : record[conflict];
    if (typeof group === "string") members.set(group, [...(members.get(group) ?? []), i]);
    const because = reason === undefined ? undefined : record[reason];
    const held = cited?.of(record).map(([key, ...said]) => [sourceIndex(key), ...said] as [number, string?, 1?]);
    const more = rest
      .filter(([, schema]) => !isSourceList(schema))
      .flatMap(([name, schema]): [string, string][] => {
        const text = words(name, schema, record);
        return text === "" ? [] : [[schema.title ?? name, text]];
      });
    return {
      id: recordAnchor(plan, record),
      cells: columns.map(({ name, schema }) => words(name, schema, record)),
      in: facets.map((facet) => inside(facet, record)),
      ...(days ? { days } : {}),
      ...(rank && record[rank] === "deprecated" ? { isDeprecated: true } : {}),
      ...(rank && record[rank] === "preferred" ? { isPreferred: true } : {}),
      ...toneOf(record),
      ...(typeof because === "string" ? { because } : {}),
      ...(held && held.length > 0 ? { sources: held } : {}),
      ...(more.length > 0 ? { more: more.slice(0, MORE) } : {}),
    };
  });
  // Of the first rows of many nobody can say how often each is contradicted.
  for (const group of records.length === total ? members.values() : [])
    addClaims(
      group.map((i) => rows[i] as Row),
      columns,
    );
  const shown: ExplorerColumn[] = columns.map(({ name, title, kind }) => ({ name, title: title || name, kind }));
  const kept = facets.flatMap(({ values }, i) => (values.size > 1 && values.size <= FILTER_VALUES ? [i] : []));
  const listed = kept.map((i) => inOrder(facets[i] as FacetOf, explored));
  for (const row of rows)
    row.in = kept.map((i, k) => {
      const held = row.in[i] ?? -1;
      const { moved } = listed[k] as Listed;
      return Array.isArray(held) ? held.map((place) => moved[place] as number) : (moved[held] ?? -1);
    });
  return {
    table: plan.name,
    noun: nounOf(plan),
    columns: shown,
    facets: kept.map((i, k): Facet => {
      const { name, title, kind, role, references } = facets[i] as FacetOf;
      return {
        name,
        title,
        kind,
        ...(role ? { role } : {}),
        ...(references ? { references } : {}),
        values: (listed[k] as Listed).values,
      };
    }),
    sources,
    rows,
    total,
    csv: `${base}${plan.name}.csv`,
    ndjson: `${base}${plan.name}.ndjson`,
    ...(day ? { day } : {}),
    conflicts: rows.filter(({ claims }) => claims !== undefined).length,
  };
}
