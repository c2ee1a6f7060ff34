import type { JsonRecord } from "../../formats/value.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import { type DescribedValue, MAX_CERTAINTY_LEVEL, TONES } from "../../schema/schema.ts";
import { schemaType } from "../../schema/schema-type.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { cellNumber } from "./cell-number.ts";
import { SUMMARISED_ROWS } from "./column-distribution.ts";
import { detailTexts, MAX_DETAILS } from "./detail-texts.ts";
import type { ExploredRecords } from "./explored-records.ts";
import type { ExplorerColumn, Facet, FacetValue, Row } from "./explorer-model.ts";
import { facetName } from "./facet-name.ts";
import { isStatements } from "./is-statements.ts";
import { describedStatuses, listStatuses } from "./list-statuses.ts";
import { describedPropertyValues, type Property, propertiesOf, propertyTexts, propertyWithRole } from "./property.ts";
import { isDatedColumn, type PropertyColumn } from "./property-columns.ts";
import { sourceProperties } from "./source-text.ts";

/** Maximum values of a facet shown as pills; with more it is a select. */
const MAX_PILLS = 12;

/** Maximum values of a text column with a filter, unless the schema lists them. */
const FEW_VALUES = 50;

/** Maximum references, and listed columns, whose facets are shown openly. */
const OPEN_REFERENCES = 2;
const OPEN_LISTED = 4;

/** A facet whose values are collected from records. */
export interface FacetBuilder extends Omit<Facet, "values"> {
  values: Map<string, FacetValue & { position: number }>;
  /** Table that the values refer to. */
  references?: string;
  /** The values of a record. */
  of(record: JsonRecord): (string | undefined)[];
  /** Values are collected from records. */
  open: boolean;
  /** With more values, or if half of all rows have a unique value, there is no facet. */
  most?: number;
}

const facetValue = (value: string, meaning: DescribedValue = {}): FacetValue => ({
  value,
  label: meaning.title ?? value,
  count: 0,
  ...(meaning.tone && TONES.includes(meaning.tone) ? { tone: meaning.tone } : {}),
  ...(typeof meaning.level === "number" ? { level: Math.max(0, Math.min(MAX_CERTAINTY_LEVEL, Math.round(meaning.level))) } : {}),
  ...(meaning.description ? { description: meaning.description } : {}),
});

function listedFacet([name, schema]: Property, more: Pick<Facet, "role"> = {}): FacetBuilder {
  const described = describedPropertyValues(schema);
  const listed = (schema.enum ?? (schemaType(schema) === "boolean" ? [true, false] : [])).filter((value) => value !== null).map(String);
  const values = [...new Set([...Object.keys(described).filter((value) => listed.includes(value)), ...listed])];
  const plain = (value: string): string => (schemaType(schema) === "boolean" ? (value === "true" ? "yes" : "no") : value);
  return {
    name: facetName(name),
    title: schema.title ?? name,
    column: name,
    kind: values.length > MAX_PILLS ? "select" : "pills",
    values: new Map(
      values.map((value, position) => [
        value,
        { ...facetValue(value, described[value]), label: described[value]?.title ?? plain(value), position },
      ]),
    ),
    of: (record) => propertyTexts(record[name]),
    open: false,
    ...more,
  };
}

const openFacet = ([name, schema]: Property, more: Pick<Facet, "role"> = {}): FacetBuilder => ({
  name: facetName(name),
  title: schema.title ?? name,
  column: name,
  kind: "select",
  values: new Map(),
  ...(schema.references ? { references: schema.references } : {}),
  of: (record) => propertyTexts(record[name]),
  open: true,
  ...more,
});

/** A property, or for a list its items under the name and title of the list. */
function itemProperty([name, schema]: Property, plan: TablePlan): Property {
  const item = schemaType(schema) === "array" && schema.items ? resolveSchema(schema.items, plan.record) : undefined;
  return [name, item ? { ...item, title: schema.title ?? name } : schema];
}

/** Facets of a table without statements: references, listed and boolean columns, and texts with few values; also of lists. */
function plainFacets(plan: TablePlan, columns: readonly PropertyColumn[]): FacetBuilder[] {
  const status = propertyWithRole(plan, "status")?.[0];
  const roleOf = ([name, schema]: Property): Pick<Facet, "role"> =>
    name === status ? { role: "status" } : schema.role === "certainty" ? { role: "certainty" } : {};
  const isListed = ([, schema]: Property): boolean => (schema.enum?.length ?? 0) > 1 || schemaType(schema) === "boolean";
  const isReference = ([, schema]: Property): boolean => schema.references !== undefined;
  const isText = ([name, schema]: Property): boolean =>
    schemaType(schema) === "string" && schema.format !== "uri" && !isDatedColumn(schema) && !plan.primaryKey.includes(name);
  const shown = new Map(columns.map(({ name, kind }) => [name, kind]));
  const lists = new Set(propertiesOf(plan).flatMap(([name, schema]) => (schemaType(schema) === "array" ? [name] : [])));
  const properties = propertiesOf(plan).map((property) => itemProperty(property, plan));
  const texts = properties.filter((property) => isText(property) && !isListed(property) && !isReference(property));
  const isShownText = ([name]: Property): boolean => shown.get(name) === "text";
  const [references, listed] = [
    properties.filter(isReference),
    properties.filter((property) => isListed(property) && !isReference(property)),
  ];
  const isOpen = (property: Property, at: number, openly: number): boolean => at < openly && !lists.has(property[0]);
  const fold = (facet: FacetBuilder, isOpen: boolean): FacetBuilder => (isOpen ? facet : { ...facet, isFolded: true });
  const text = (property: Property): FacetBuilder => ({ ...openFacet(property), most: FEW_VALUES });
  const builders = [
    ...references.map((property, i) => fold(openFacet(property), isOpen(property, i, OPEN_REFERENCES))),
    ...listed.map((property, i) => fold(listedFacet(property, roleOf(property)), isOpen(property, i, OPEN_LISTED))),
    ...texts.filter(isShownText).map(text),
    // Labels of records are found by the search.
    ...texts.filter(([name]) => !shown.has(name)).map((property) => fold(text(property), false)),
  ];
  return builders.toSorted((a, b) => Number(a.isFolded ?? false) - Number(b.isFolded ?? false));
}

/** A facet for the status of a row's subject. */
function boardFacet(explored: ExploredRecords): FacetBuilder[] {
  const { plan } = explored;
  const statuses = listStatuses(explored);
  if (statuses.size === 0) return [];
  const subject = propertyWithRole(plan, "subject");
  const statusFacets = describedStatuses(plan, [...statuses.values()].flat()).map(
    ([value, meaning]) => [value, facetValue(value, meaning)] as const,
  );
  const other = facetValue("other", { title: plan.board?.otherwise ?? "Other", tone: "context" });
  const values = new Map([...statusFacets, ["other", other] as const].map(([value, known], position) => [value, { ...known, position }]));
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
    distribution?.histogram && !facets.some((facet) => facet.name === facetName(name))
      ? [{ name: facetName(name), title, kind: "range", column: name, values: [] }]
      : [],
  );

/** A range facet for each column of numbers or dates, or of lists of them, that only the details of rows show. */
export function detailRangeFacets(plan: TablePlan, details: readonly Property[], rows: readonly Row[]): Facet[] {
  const titles = details.map(([name, schema]) => schema.title ?? name);
  if (isStatements(plan) || rows.length < SUMMARISED_ROWS || details.length > MAX_DETAILS) return [];
  return details.flatMap((property): Facet[] => {
    const [name, schema] = itemProperty(property, plan);
    const title = schema.title ?? name;
    const kind = isDatedColumn(schema) ? "date" : ["number", "integer"].includes(schemaType(schema) ?? "") ? "number" : undefined;
    // The details of rows are labelled by title.
    if (kind === undefined || plan.primaryKey.includes(name) || titles.filter((each) => each === title).length > 1) return [];
    const texts = rows.flatMap((row) => detailTexts(row, title)).filter((text) => text !== "");
    const numbers = texts.map((text) => cellNumber(text, kind));
    const known = numbers.filter((number) => number !== undefined);
    const [min, max] = known.reduce(([low, high], number) => [Math.min(low, number), Math.max(high, number)], [Infinity, -Infinity]);
    if (known.length < numbers.length || !(min < max)) return [];
    const textOf = (number: number): string => texts[numbers.indexOf(number)] ?? "";
    return [
      {
        name: facetName(name),
        title,
        kind: "range",
        column: name,
        among: { kind, min: textOf(min), max: textOf(max) },
        isFolded: true,
        values: [],
      },
    ];
  });
}

export const makeFacets = (explored: ExploredRecords, columns: readonly PropertyColumn[]): FacetBuilder[] =>
  isStatements(explored.plan) ? statementFacets(explored, columns) : plainFacets(explored.plan, columns);
