import type { JsonRecord } from "../../formats/cells.ts";
import { resolve, type TablePlan, TONES, typeOf, type ValueNote } from "../../schema/table-plan.ts";
import { sourcesOf } from "./citations.ts";
import type { Shown } from "./columns.ts";
import type { Facet, FacetValue } from "./model.ts";
import { asTexts, isStatements, type Property, propertiesOf, valueNotes, withRole } from "./roles.ts";

/** More values than that are a list to choose from. */
const MAX_PILLS = 12;

/** The records that are told apart. */
interface Held {
  plan: TablePlan;
  records: readonly JsonRecord[];
}

/** A facet while its values are met. */
export interface FacetOf extends Omit<Facet, "values"> {
  values: Map<string, FacetValue & { place: number }>;
  /** The table that values refer to. */
  references?: string;
  /** The values of a record. */
  of(record: JsonRecord): (string | undefined)[];
  open: boolean;
}

const RESERVED = new Set(["q", "sort", "page", "conflicts"]);
const nameOf = (name: string): string => (RESERVED.has(name) ? `${name}_` : name);

const noted = (value: string, note: ValueNote = {}): FacetValue => ({
  value,
  label: note.title ?? value,
  count: 0,
  ...(note.tone && TONES.includes(note.tone) ? { tone: note.tone } : {}),
  ...(typeof note.level === "number" ? { level: Math.max(0, Math.min(4, Math.round(note.level))) } : {}),
  ...(note.description ? { description: note.description } : {}),
});

function listedFacet([name, schema]: Property, more: Pick<Facet, "role"> = {}): FacetOf {
  const notes = valueNotes(schema);
  const listed = (schema.enum ?? (typeOf(schema) === "boolean" ? [true, false] : [])).filter((value) => value !== null).map(String);
  const values = [...new Set([...Object.keys(notes).filter((value) => listed.includes(value)), ...listed])];
  const plain = (value: string): string => (typeOf(schema) === "boolean" ? (value === "true" ? "yes" : "no") : value);
  return {
    name: nameOf(name),
    title: schema.title ?? name,
    kind: values.length > MAX_PILLS ? "select" : "pills",
    values: new Map(
      values.map((value, place) => [value, { ...noted(value, notes[value]), label: notes[value]?.title ?? plain(value), place }]),
    ),
    of: (record) => asTexts(record[name]),
    open: false,
    ...more,
  };
}

const openFacet = ([name, schema]: Property, more: Pick<Facet, "role"> = {}): FacetOf => ({
  name: nameOf(name),
  title: schema.title ?? name,
  kind: "select",
  values: new Map(),
  ...(schema.references ? { references: schema.references } : {}),
  of: (record) => asTexts(record[name]),
  open: true,
  ...more,
});

/** The status that a record itself states: its value, where its property is the one that the board is about. */
export function statedStatus(plan: TablePlan, record: JsonRecord): string | undefined {
  const [property, value] = ["property", "value"].map((role) => withRole(plan, role)?.[0]);
  if (!plan.board?.property || property === undefined || value === undefined) return undefined;
  if (record[property] !== plan.board.property) return undefined;
  const held = record[value];
  const status = held !== null && typeof held === "object" ? Object.values(held).find((inner) => typeof inner === "string") : held;
  return typeof status === "string" ? status : undefined;
}

/**
 * Where each subject stands: the values of its preferred statements of the board's property, or else of those that are
 * not deprecated. Several where the data does not say which of them holds.
 */
export function statusesOf({ plan, records }: Held): ReadonlyMap<string, string[]> {
  const [subject, rank] = ["subject", "rank"].map((role) => withRole(plan, role)?.[0]);
  const best = new Map<string, { values: string[]; isPreferred: boolean }>();
  if (subject === undefined) return new Map();
  for (const record of records) {
    const status = statedStatus(plan, record);
    const ranked = rank === undefined ? "normal" : record[rank];
    if (status === undefined || ranked === "deprecated") continue;
    const key = String(record[subject]);
    const isPreferred = ranked === "preferred";
    const before = best.get(key);
    if (!before || (isPreferred && !before.isPreferred)) best.set(key, { values: [status], isPreferred });
    else if (isPreferred === before.isPreferred && !before.values.includes(status)) before.values.push(status);
  }
  return new Map([...best].map(([key, { values }]) => [key, values]));
}

/** What is said of the values that a status may have. */
export function statusNotes(plan: TablePlan): Record<string, ValueNote> {
  const own = withRole(plan, "status");
  if (own) return valueNotes(own[1]);
  const value = withRole(plan, "value");
  const inner = Object.values(value?.[1].properties ?? {}).map((schema) => valueNotes(resolve(schema, plan.record)));
  return Object.fromEntries(
    [valueNotes(value?.[1]), ...inner].flatMap((notes) => Object.entries(notes).filter(([, { tone }]) => tone !== undefined)),
  );
}

export function facetsOf(explored: Held, columns: readonly Shown[]): FacetOf[] {
  const { plan } = explored;
  if (!isStatements(plan)) {
    const isListed = ([, schema]: Property): boolean => (schema.enum?.length ?? 0) > 1 || typeOf(schema) === "boolean";
    const status = withRole(plan, "status")?.[0];
    const listed = propertiesOf(plan).filter(isListed).slice(0, 4);
    const references = propertiesOf(plan)
      .filter(([, schema]) => schema.references && typeOf(schema) !== "array")
      .slice(0, 2);
    return [
      ...references.map((property) => openFacet(property)),
      ...listed.map((property) =>
        listedFacet(property, property[0] === status ? { role: "status" } : property[1].role === "certainty" ? { role: "certainty" } : {}),
      ),
    ];
  }
  const facets: FacetOf[] = [];
  for (const role of ["subject", "property", "source"] as const) {
    const property = withRole(plan, role);
    if (!property) continue;
    const facet = openFacet(property, role === "subject" ? { role } : {});
    // A row rests on all that it cites.
    const cited = role === "source" ? sourcesOf(plan) : undefined;
    facets.push(cited ? { ...facet, references: cited.table, of: (record) => [...new Set(cited.of(record).map(([key]) => key))] } : facet);
  }
  const statuses = statusesOf(explored);
  const subject = withRole(plan, "subject")?.[0] ?? "";
  const own = withRole(plan, "status");
  if (own) facets.push(listedFacet(own, { role: "status" }));
  else if (statuses.size > 0) {
    const otherwise = plan.board?.otherwise ?? "Other";
    const values = Object.entries(statusNotes(plan)).map(([value, note]) => [value, noted(value, note)] as const);
    facets.push({
      name: "status",
      title: `${withRole(plan, "subject")?.[1].title ?? "Subject"}: status`,
      kind: "pills",
      role: "status",
      values: new Map(
        [...values, ["other", noted("other", { title: otherwise, tone: "context" })] as const].map(([value, known], place) => [
          value,
          { ...known, place },
        ]),
      ),
      of: (record) => {
        const known = statuses.get(String(record[subject]))?.filter((status) => values.some(([value]) => value === status)) ?? [];
        return known.length > 0 ? known : ["other"];
      },
      open: false,
    });
  }
  const certainty = columns.find(({ kind }) => kind === "certainty");
  if (certainty) facets.push(listedFacet([certainty.name, certainty.schema], { role: "certainty" }));
  return facets;
}
