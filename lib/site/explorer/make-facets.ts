import type { JsonRecord } from "../../formats/cell-text.ts";
import { schemaType } from "../../schema/schema-type.ts";
import { type TablePlan, TONES, type ValueNote } from "../../schema/table-plan.ts";
import type { ExplorerColumn, Facet, FacetValue } from "./explorer-model.ts";
import { isStatements } from "./is-statements.ts";
import { listStatuses, notedStatuses } from "./list-statuses.ts";
import { type Property, propertiesOf, propertyNotes, propertyTexts, propertyWithRole } from "./property.ts";
import type { PropertyColumn } from "./property-columns.ts";
import { sourceProperties } from "./source-text.ts";

/** Maximum values of a facet shown as pills; with more it is a select. */
const MAX_PILLS = 12;

/** Maximum values of a text column with a filter, unless the schema lists them. */
const FEW_VALUES = 50;

export interface ExploredRecords {
  plan: TablePlan;
  records: readonly JsonRecord[];
}

/** A facet whose values are collected from records. */
export interface FacetBuilder extends Omit<Facet, "values"> {
  values: Map<string, FacetValue & { position: number }>;
  /** Table that the values refer to. */
  references?: string;
  /** The values of a record. */
  of(record: JsonRecord): (string | undefined)[];
  /** Values are collected from records. */
  open: boolean;
  /** With more values, or if half of all rows have a unique one, there is no facet. */
  most?: number;
}

const RESERVED = new Set(["q", "sort", "page", "conflicts"]);
const nameOf = (name: string): string => (RESERVED.has(name) ? `${name}_` : name);

const notedValue = (value: string, note: ValueNote = {}): FacetValue => ({
  value,
  label: note.title ?? value,
  count: 0,
  ...(note.tone && TONES.includes(note.tone) ? { tone: note.tone } : {}),
  ...(typeof note.level === "number" ? { level: Math.max(0, Math.min(4, Math.round(note.level))) } : {}),
  ...(note.description ? { description: note.description } : {}),
});

function listedFacet([name, schema]: Property, more: Pick<Facet, "role"> = {}): FacetBuilder {
  const notes = propertyNotes(schema);
  const listed = (schema.enum ?? (schemaType(schema) === "boolean" ? [true, false] : [])).filter((value) => value !== null).map(String);
  const values = [...new Set([...Object.keys(notes).filter((value) => listed.includes(value)), ...listed])];
  const plain = (value: string): string => (schemaType(schema) === "boolean" ? (value === "true" ? "yes" : "no") : value);
  return {
    name: nameOf(name),
    title: schema.title ?? name,
    column: name,
    kind: values.length > MAX_PILLS ? "select" : "pills",
    values: new Map(
      values.map((value, position) => [
        value,
        { ...notedValue(value, notes[value]), label: notes[value]?.title ?? plain(value), position },
      ]),
    ),
    of: (record) => propertyTexts(record[name]),
    open: false,
    ...more,
  };
}

const openFacet = ([name, schema]: Property, more: Pick<Facet, "role"> = {}): FacetBuilder => ({
  name: nameOf(name),
  title: schema.title ?? name,
  column: name,
  kind: "select",
  values: new Map(),
  ...(schema.references ? { references: schema.references } : {}),
  of: (record) => propertyTexts(record[name]),
  open: true,
  ...more,
});

/** Facets of a table without statements: references, listed and boolean columns. */
function plainFacets(plan: TablePlan, columns: readonly PropertyColumn[]): FacetBuilder[] {
  const status = propertyWithRole(plan, "status")?.[0];
  const roleOf = ([name, schema]: Property): Pick<Facet, "role"> =>
    name === status ? { role: "status" } : schema.role === "certainty" ? { role: "certainty" } : {};
  const isListed = ([, schema]: Property): boolean => (schema.enum?.length ?? 0) > 1 || schemaType(schema) === "boolean";
  const isReference = ([, schema]: Property): boolean => schema.references !== undefined && schemaType(schema) !== "array";
  return [
    ...propertiesOf(plan)
      .filter(isReference)
      .slice(0, 2)
      .map((property) => openFacet(property)),
    ...propertiesOf(plan)
      .filter(isListed)
      .slice(0, 4)
      .map((property) => listedFacet(property, roleOf(property))),
    ...columns
      .filter(({ name, kind, schema }) => kind === "text" && !plan.primaryKey.includes(name) && schemaType(schema) === "string")
      .filter(({ name, schema }) => !isListed([name, schema]) && !isReference([name, schema]))
      .map(({ name, schema }) => ({ ...openFacet([name, schema]), most: FEW_VALUES })),
  ];
}

/** A facet for the status of a row's subject. */
function boardFacet(explored: ExploredRecords): FacetBuilder[] {
  const { plan } = explored;
  const statuses = listStatuses(explored);
  if (statuses.size === 0) return [];
  const subject = propertyWithRole(plan, "subject");
  const noted = notedStatuses(plan, [...statuses.values()].flat()).map(([value, note]) => [value, notedValue(value, note)] as const);
  const other = notedValue("other", { title: plan.board?.otherwise ?? "Other", tone: "context" });
  const values = new Map([...noted, ["other", other] as const].map(([value, known], position) => [value, { ...known, position }]));
  return [
    {
      name: "status",
      title: `${subject?.[1].title ?? "Subject"}: status`,
      kind: "pills",
      role: "status",
      values,
      of: (record) => statuses.get(String(record[subject?.[0] ?? ""])) ?? ["other"],
      open: false,
    },
  ];
}

/** A facet for all sources of a row, not only its first. */
function sourceFacet(plan: TablePlan, property: Property): FacetBuilder {
  const facet = openFacet(property);
  const cited = sourceProperties(plan);
  return cited ? { ...facet, references: cited.table, of: (record) => [...new Set(cited.of(record).map(([key]) => key))] } : facet;
}

function statementFacets(explored: ExploredRecords, columns: readonly PropertyColumn[]): FacetBuilder[] {
  const { plan } = explored;
  const [subject, property, source, status] = (["subject", "property", "source", "status"] as const).map((role) =>
    propertyWithRole(plan, role),
  );
  const certainty = columns.find(({ kind }) => kind === "certainty");
  const rank = propertyWithRole(plan, "rank");
  return [
    ...(subject ? [openFacet(subject, { role: "subject" })] : []),
    ...(property ? [openFacet(property)] : []),
    ...(source ? [sourceFacet(plan, source)] : []),
    ...(rank ? [{ ...listedFacet(rank), kind: "select" as const }] : []),
    ...(status ? [listedFacet(status, { role: "status" })] : boardFacet(explored)),
    ...(certainty ? [listedFacet([certainty.name, certainty.schema], { role: "certainty" })] : []),
  ];
}

/** A range facet for each column that has a histogram. */
export const rangeFacets = (columns: readonly ExplorerColumn[], facets: readonly Facet[]): Facet[] =>
  columns.flatMap(({ name, title, distribution }): Facet[] =>
    distribution?.histogram && !facets.some((facet) => facet.name === nameOf(name))
      ? [{ name: nameOf(name), title, kind: "range", column: name, values: [] }]
      : [],
  );

export const makeFacets = (explored: ExploredRecords, columns: readonly PropertyColumn[]): FacetBuilder[] =>
  isStatements(explored.plan) ? statementFacets(explored, columns) : plainFacets(explored.plan, columns);
