import { recordAnchor } from "../../contract/record-anchor.ts";
import { recordKey } from "../../contract/record-key.ts";
import { recordsFile } from "../../formats/records-file.ts";
import { rowsFile } from "../../formats/rows-file.ts";
import type { JsonRecord } from "../../formats/value.ts";
import { recordNoun } from "../../release/record-noun.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import { MAX_CERTAINTY_LEVEL, type Schema, TONES, type Tone } from "../../schema/schema.ts";
import { successorColumn } from "../../schema/successor-column.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { FILTERS } from "../limits.ts";
import { addClaims, type Claimed } from "./add-claims.ts";
import { addMarks } from "./add-marks.ts";
import { columnDistribution } from "./column-distribution.ts";
import { columnWidth } from "./column-width.ts";
import { MAX_DETAILS } from "./detail-texts.ts";
import type { Explored } from "./explored.ts";
import type { Citation, ExplorerColumn, ExplorerModel, Facet, Row, ShownSource } from "./explorer-model.ts";
import { isFilled } from "./is-filled.ts";
import { isStatements } from "./is-statements.ts";
import { facetPositions, listFacets } from "./list-facets.ts";
import { statedStatus, statusValues } from "./list-statuses.ts";
import { detailRangeFacets, type FacetBuilder, makeFacets, rangeFacets } from "./make-facets.ts";
import { makePlaceMap, placeReader } from "./make-place-map.ts";
import { describedPropertyValues, type Property, propertiesOf, propertyWithRole } from "./property.ts";
import { type PropertyColumn, propertyColumns } from "./property-columns.ts";
import { propertyText } from "./property-text.ts";
import { recordDays } from "./record-days.ts";
import { rowClaim } from "./row-claim.ts";
import { sourceProperties, sourceTable, sourceText } from "./source-text.ts";
import { type Standing, standingReader } from "./standing-reader.ts";
import { supportingSources } from "./supporting-sources.ts";
import { valueDays } from "./value-days.ts";

/** Roles whose columns are shown elsewhere in the details of a row. */
const SHOWN_BY_ROLE = new Set(["locator", "reason", "source", "conflict", "rank"]);

/** Numbers the cited sources in order of appearance. */
class CitedSources {
  readonly keys: string[] = [];
  readonly sources: ShownSource[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #table: ReturnType<Explored["others"]["get"]>;
  constructor(table: ReturnType<Explored["others"]["get"]>) {
    this.#table = table;
  }

  indexOf(key: string): number {
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const record = this.#table?.records.get(key);
    this.#indexes.set(key, this.sources.length);
    this.keys.push(key);
    this.sources.push(this.#table && record ? sourceText(this.#table.plan, record) : { title: key, by: "" });
    return this.sources.length - 1;
  }

  /** The number of publishers of sources, by their indexes; undefined if one has no publisher. The last filled column counts: a copy is by whom it copies. */
  publishers(indexes: readonly number[]): number | undefined {
    const columns = this.#table ? propertiesOf(this.#table.plan).filter(([, { role }]) => role === "publisher") : [];
    const named = indexes.map((i) => {
      const record = this.#table?.records.get(this.keys[i] as string);
      const value = columns.map(([name]) => record?.[name]).findLast(isFilled);
      return value === undefined ? undefined : JSON.stringify(value);
    });
    return named.includes(undefined) ? undefined : new Set(named).size;
  }

  /** A source is less reliable if a statement of its own is deprecated, and then by the level of its certainty. */
  addWeakness(rows: readonly Row[]): void {
    const contradicted = new Set(rows.flatMap(({ isDeprecated, sources }) => (isDeprecated && sources?.[0] ? [sources[0][0]] : [])));
    const column = this.#table && propertyWithRole(this.#table.plan, "certainty");
    const certainties = describedPropertyValues(column?.[1]);
    for (const [i, source] of this.sources.entries()) {
      const certainty = this.#table?.records.get(this.keys[i] as string)?.[column?.[0] ?? ""];
      const level = certainties[String(certainty)]?.level ?? MAX_CERTAINTY_LEVEL;
      const weakness = MAX_CERTAINTY_LEVEL - level + (contradicted.has(i) ? MAX_CERTAINTY_LEVEL + 1 : 0);
      if (weakness > 0) source.weakness = weakness;
    }
  }
}

/** Reads the tone of the status that a record states; a refuted statement has none. */
function toneReader(plan: TablePlan): (record: JsonRecord, standing: Standing) => Tone | undefined {
  const statuses = statusValues(plan);
  const ownStatus = propertyWithRole(plan, "status")?.[0];
  return (record, { isRefuted }) => {
    // In other tables, a record is a thing whose dates are not those of its status.
    const stated = ownStatus === undefined ? statedStatus(plan, record) : isStatements(plan) ? String(record[ownStatus]) : undefined;
    const tone = stated === undefined ? undefined : statuses[stated]?.tone;
    return tone && TONES.includes(tone) && !isRefuted ? tone : undefined;
  };
}

/** The properties shown in the details of a row. */
function detailProperties(plan: TablePlan, columns: readonly PropertyColumn[]): Property[] {
  const shown = new Set(columns.map(({ name }) => name));
  const sources = sourceTable(plan);
  const listsSources = (schema: Schema): boolean => {
    const item = schema.items ? resolveSchema(schema.items, plan.record) : undefined;
    return Object.values(item?.properties ?? {}).some((value) => resolveSchema(value, plan.record).references === sources);
  };
  return propertiesOf(plan).filter(
    ([name, schema]) =>
      !shown.has(name) && !SHOWN_BY_ROLE.has(schema.role ?? "") && !plan.primaryKey.includes(name) && !listsSources(schema),
  );
}

const placed = (place: Row["place"]): Pick<Row, "place"> => (place ? { place } : {});

/** Reads the text of a statement's value with what it needs to be understood, such as whose embassy opened. */
function qualifiedText(plan: TablePlan, labels: Explored["labels"]): (name: string, record: JsonRecord) => string {
  const qualifiers = propertiesOf(plan).filter(([, { role }]) => role === "qualifier");
  return (name, record) => {
    const value = propertyText(plan, name, record, labels);
    const texts = qualifiers.map(([qualifier]) => propertyText(plan, qualifier, record, labels)).filter(Boolean);
    return value === "" || texts.length === 0 ? value : `${value} (${texts.join("; ")})`;
  };
}

/** The sources of a row, and the number of their publishers. */
function citedBy(citations: readonly Citation<string>[], cited: CitedSources): Pick<Row, "sources" | "publishers"> {
  if (citations.length === 0) return {};
  const sources = citations.map(([key, ...rest]): Citation<number> => [cited.indexOf(key), ...rest]);
  const supporting = supportingSources({ sources });
  const publishers = supporting.length > 1 ? cited.publishers(supporting) : undefined;
  return { ...(publishers === undefined ? {} : { publishers }), sources };
}

/** Reads the row of each record. */
function rowReader({ plan, labels }: Explored, columns: readonly PropertyColumn[], facets: readonly FacetBuilder[], sources: CitedSources) {
  const cited = sourceProperties(plan);
  const reason = propertyWithRole(plan, "reason")?.[0];
  const standingOf = standingReader(plan);
  const toneOf = toneReader(plan);
  const placeOf = placeReader(plan);
  const details = detailProperties(plan, columns);
  const valueText = qualifiedText(plan, labels);
  return (record: JsonRecord): Row => {
    const days = recordDays(plan, record, columns);
    const because = reason === undefined ? undefined : record[reason];
    const standing = standingOf(record);
    const tone = toneOf(record, standing);
    const more = details.map(([name, schema]): [string, string] => [schema.title ?? name, propertyText(plan, name, record, labels)]);
    const filled = more.filter(([, value]) => value !== "").slice(0, MAX_DETAILS);
    return {
      id: recordAnchor(plan, record),
      cells: columns.map(({ name, kind }) => (kind === "value" ? valueText(name, record) : propertyText(plan, name, record, labels))),
      in: facets.map((facet) => facetPositions(facet, record, labels)),
      ...placed(placeOf?.(record)),
      ...(days ? { days } : {}),
      ...standing,
      ...(tone ? { tone } : {}),
      ...(typeof because === "string" ? { because } : {}),
      ...citedBy(cited?.of(record) ?? [], sources),
      ...(filled.length > 0 ? { more: filled } : {}),
    };
  };
}

/** The rows that share the text of the conflict column. */
function conflictGroups({ plan, records, labels }: Explored, rows: readonly Row[]): Iterable<Claimed[]> {
  const value = propertyWithRole(plan, "value")?.[0];
  const conflict = propertyWithRole(plan, "conflict")?.[0];
  const groups = new Map<string, Claimed[]>();
  for (const [i, record] of conflict === undefined ? [] : records.entries()) {
    const group = record[conflict as string];
    if (typeof group !== "string") continue;
    const days = valueDays(plan, record);
    const text = value === undefined ? "" : propertyText(plan, value, record, labels);
    const claimed = { row: rows[i] as Row, text, ...(days ? { days } : {}) };
    const known = groups.get(group);
    if (known) known.push(claimed);
    else groups.set(group, [claimed]);
  }
  return groups.values();
}

/** Adds to each replaced statement its replacement, instead of the text that names it. */
function addSuccessors({ plan, records }: Explored, rows: readonly Row[], columns: readonly ExplorerColumn[]): void {
  const successor = isStatements(plan) ? propertiesOf(plan).find(([name]) => name === successorColumn(plan)) : undefined;
  if (!successor) return;
  const byKey = new Map(records.map((record, i) => [recordKey(plan, record), rows[i] as Row]));
  for (const [i, record] of records.entries()) {
    const [row, by] = [rows[i] as Row, byKey.get(String(record[successor[0]]))];
    if (!by || !row.isReplaced) continue;
    row.replacedBy = rowClaim({ columns }, by);
    const more = row.more?.filter(([title]) => title !== (successor[1].title ?? successor[0])) ?? [];
    if (more.length > 0) row.more = more;
    else delete row.more;
  }
}

/** The noun for the subjects of statements that refer to a table, if each row has one that is listed. */
function subjectNoun({ plan, others }: Explored, facets: readonly Facet[], rows: readonly Row[]): Pick<ExplorerModel, "subjectNoun"> {
  const at = facets.findIndex(({ role }) => role === "subject");
  const table = isStatements(plan) ? others.get(facets[at]?.references ?? "") : undefined;
  return table && rows.every(({ in: positions }) => positions[at] !== -1) ? { subjectNoun: recordNoun(table.plan.title) } : {};
}

/** The model of a table, and the key of each of its sources. */
export function makeExplorerModel(explored: Explored): { model: ExplorerModel; sourceKeys: string[] } {
  const { plan, records, total, base, day } = explored;
  const columns = propertyColumns(explored);
  const facets = makeFacets(explored, columns);
  const sources = new CitedSources(explored.others.get(sourceTable(plan) ?? ""));
  const rows = records.map(rowReader(explored, columns, facets, sources));
  sources.addWeakness(rows);
  const shown: ExplorerColumn[] = columns.map(({ name, title, kind }) => ({ name, title: title || name, kind }));
  addSuccessors(explored, rows, shown);
  // With only the first rows, contradictions and statuses would be incomplete.
  if (records.length === total) {
    for (const group of conflictGroups(explored, rows)) addClaims(group, columns);
    addMarks(explored, rows);
  }
  for (const [i, column] of shown.entries()) column.width = columnWidth(column, i, rows);
  const listed = listFacets(facets, rows, explored);
  if (records.length === total)
    for (const [i, column] of shown.entries()) {
      const distribution = columnDistribution(shown, i, rows, listed);
      if (distribution) column.distribution = distribution;
    }
  const details = records.length === total ? detailRangeFacets(plan, detailProperties(plan, columns), rows) : [];
  const ranges = [...rangeFacets(shown, listed), ...details.filter(({ name }) => listed.every((facet) => facet.name !== name))];
  // With only the first rows, the map would be incomplete.
  const map = records.length === total ? makePlaceMap(rows.flatMap(({ place }) => (place ? [place] : []))) : undefined;
  const model = {
    table: plan.name,
    noun: recordNoun(plan.title),
    ...subjectNoun(explored, listed, rows),
    columns: shown,
    facets: [...listed, ...ranges].slice(0, FILTERS),
    sources: sources.sources,
    rows,
    total,
    csv: `${base}${rowsFile(plan.name)}`,
    ndjson: `${base}${recordsFile(plan.name)}`,
    ...(day ? { day } : {}),
    ...(map ? { map } : {}),
    conflicts: rows.filter(({ claims }) => claims !== undefined).length,
  };
  return { model, sourceKeys: sources.keys };
}
