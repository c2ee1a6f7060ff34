import { resolve, type Schema, type TablePlan } from "../../dataset/table-plan.ts";
import type { JsonRecord, Labels } from "../../export/cells.ts";
import { sourcesOf, sourceText } from "./citations.ts";
import { columnsOf, daysOf } from "./columns.ts";
import { type FacetOf, facetsOf } from "./facets.ts";
import type { Claim, ExplorerColumn, ExplorerModel, Facet, Row, Source } from "./model.ts";
import { inWords, keyOf, propertiesOf, withRole } from "./roles.ts";

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
  return [many.endsWith("ies") ? `${many.slice(0, -3)}y` : many.endsWith("s") ? many.slice(0, -1) : many, many];
};

/** A list to choose from that is longer helps nobody: the search does. */
const MAX_CHOICES = 500;

const HIDDEN_ROLES = new Set(["locator", "reason", "source", "conflict", "rank"]);

export function explorerModel(explored: Explored): ExplorerModel {
  const { plan, records, total, labels, base, day } = explored;
  const columns = columnsOf(plan);
  const facets = facetsOf(explored, columns);
  const cited = sourcesOf(plan);
  const [conflict, rank, reason] = ["conflict", "rank", "reason"].map((role) => withRole(plan, role)?.[0]);
  const own = withRole(plan, "status");
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
    const link = columns.find(({ kind }) => kind === "link");
    const url = link && record[link.name];
    return {
      id: keyOf(plan, record),
      cells: columns.map(({ name, schema }) => words(name, schema, record)),
      in: facets.map((facet) => inside(facet, record)),
      ...(days ? { days } : {}),
      ...(rank && record[rank] === "deprecated" ? { isDeprecated: true } : {}),
      ...(rank && record[rank] === "preferred" ? { isPreferred: true } : {}),
      ...(typeof because === "string" ? { because } : {}),
      ...(held && held.length > 0 ? { sources: held } : {}),
      ...(more.length > 0 ? { more } : {}),
      ...(typeof url === "string" && /^https?:\/\//i.test(url) ? { url } : {}),
    };
  });
  const value = columns.findIndex(({ kind }) => kind === "value");
  for (const group of members.values())
    for (const i of group) {
      const row = rows[i] as Row;
      const others = group.map((j) => rows[j] as Row).filter((other) => other !== row && other.cells[value] !== row.cells[value]);
      const claims = others.map(
        (other): Claim => ({
          id: other.id,
          text: other.cells[value] ?? "",
          source: other.sources?.[0]?.[0] ?? -1,
          ...(other.isPreferred ? { preferred: true as const } : {}),
          ...(other.days ? { days: other.days } : {}),
        }),
      );
      if (claims.length > 0) row.claims = claims;
    }
  // Where a subject stands is shown as a column of its own.
  const shown: ExplorerColumn[] = columns.map(({ title, kind }) => ({ title, kind }));
  const status = facets.findIndex(({ role }) => role === "status");
  if (status >= 0 && !own) {
    const at = columns.findIndex(({ kind }) => kind === "certainty");
    const place = at < 0 ? columns.length : at;
    shown.splice(place, 0, { title: facets[status]?.title ?? "Status", kind: "status" });
    const values = [...(facets[status]?.values.values() ?? [])];
    for (const row of rows) row.cells.splice(place, 0, values[row.in[status] as number]?.label ?? "");
  }
  const kept = facets.flatMap(({ values }, i) => (values.size > 1 && values.size <= MAX_CHOICES ? [i] : []));
  for (const row of rows) row.in = kept.map((i) => row.in[i] ?? -1);
  return {
    table: plan.name,
    noun: nounOf(plan),
    columns: shown,
    facets: kept.map((i): Facet => {
      const { name, title, kind, role, values } = facets[i] as FacetOf;
      return { name, title, kind, ...(role ? { role } : {}), values: [...values.values()].map(({ place: _, ...value }) => value) };
    }),
    sources,
    rows,
    total,
    csv: `${base}${plan.name}.csv`,
    ndjson: `${base}${plan.name}.ndjson`,
    ...(day ? { day } : {}),
    hasConflicts: rows.some(({ claims }) => claims !== undefined),
  };
}
