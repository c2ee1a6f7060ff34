import type { Labels } from "../../formats/labels.ts";
import type { JsonRecord } from "../../formats/value.ts";
import { FILTER_VALUES, FILTERS } from "../limits.ts";
import type { Explored } from "./explored.ts";
import type { Facet, FacetValue, Row } from "./explorer-model.ts";
import type { FacetBuilder } from "./make-facets.ts";

/** The positions of the values of a record in a facet; new values are added to it. -1 if the record has none. */
export function facetPositions(facet: FacetBuilder, record: JsonRecord, labels: Labels): number | number[] {
  const positions = facet.of(record).flatMap((value) => {
    const known = value === undefined ? undefined : (facet.values.get(value) ?? addedValue(facet, value, labels));
    if (!known) return [];
    known.count += 1;
    return [known.position];
  });
  return positions.length > 1 ? positions : (positions[0] ?? -1);
}

function addedValue(facet: FacetBuilder, value: string, labels: Labels): (FacetValue & { position: number }) | undefined {
  if (!facet.open) return undefined;
  const label = labels.get(facet.references ?? "")?.get(value) ?? value;
  const added = { value, label, count: 0, position: facet.values.size };
  facet.values.set(value, added);
  return added;
}

interface Listed {
  values: FacetValue[];
  /** Old position → position in the list. */
  moved: number[];
}

/** Sorts the values of a facet that records have for display: those from records by their labels. Equal labels get the title or key of their record. */
function listedValues({ open, references, values }: FacetBuilder, { others }: Explored): Listed {
  const count = new Map<string, number>();
  for (const { label } of values.values()) count.set(label, (count.get(label) ?? 0) + 1);
  const table = references === undefined ? undefined : others.get(references);
  const distinct = (value: string, label: string): string => {
    if (count.get(label) === 1 || !table) return label;
    const title = table.records.get(value)?.["title"];
    return `${label}: ${typeof title === "string" && title !== label ? title : value}`;
  };
  const found = [...values.values()]
    .filter((value) => value.count > 0)
    .map(({ position, ...value }) => ({ position, value: { ...value, label: distinct(value.value, value.label) } }));
  const letters = ({ value: { label } }: (typeof found)[number]): string => label.toLowerCase();
  if (open) found.sort((a, b) => (letters(a) < letters(b) ? -1 : letters(a) > letters(b) ? 1 : 0));
  const moved: number[] = [];
  for (const [i, { position }] of found.entries()) moved[position] = i;
  return { values: found.map(({ value }) => value), moved };
}

const isFew = ({ most, values }: FacetBuilder, rows: readonly Row[]): boolean =>
  most === undefined || (values.size <= most && values.size <= rows.length / 2);

/** Leaves out values beyond the maximum. */
function keepFirst({ values }: FacetBuilder): void {
  for (const value of [...values.keys()].slice(FILTER_VALUES)) values.delete(value);
}

/** The facets with a choice, in order of display. Updates the positions in rows to that order. */
export function listFacets(facets: readonly FacetBuilder[], rows: readonly Row[], explored: Explored): Facet[] {
  for (const facet of facets) if (facet.role === "subject") keepFirst(facet);
  const kept = facets.flatMap((facet, i) => {
    const listed = facet.values.size <= FILTER_VALUES && isFew(facet, rows) ? listedValues(facet, explored) : undefined;
    return listed && listed.values.length > 1 ? [{ i, facet, ...listed }] : [];
  });
  kept.length = Math.min(kept.length, FILTERS);
  for (const row of rows)
    row.in = kept.map(({ i, moved }) => {
      const held = row.in[i] ?? -1;
      return Array.isArray(held) ? held.flatMap((position) => moved[position] ?? []) : (moved[held] ?? -1);
    });
  return kept.map(({ facet: { name, title, kind, role, references, column, isFolded }, values }) => ({
    ...{ name, title, kind },
    ...(column === undefined ? {} : { column }),
    ...(role ? { role } : {}),
    ...(references ? { references } : {}),
    ...(isFolded ? { isFolded } : {}),
    values,
  }));
}
