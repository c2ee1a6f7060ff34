import { recordKey } from "../contract/record-key.ts";
import type { JsonRecord } from "../formats/value.ts";
import type { Explored } from "../site/explorer/explored.ts";
import { isFilled } from "../site/explorer/is-filled.ts";
import { propertiesOf, propertyWithRole } from "../site/explorer/property.ts";
import { propertyText } from "../site/explorer/property-text.ts";
import type { SubjectPage } from "../site/page/release-page.ts";
import { propertyOrder } from "./property-order.ts";
import type { ReadTable } from "./read-table.ts";

/** Maximum number of titles: readers look for one, and every page of a subject has its own list. */
const MAX_TITLES = 20;

/** Counts texts; each record gives a text at most once. */
function countTexts(textsOf: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const texts of textsOf) for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/**
 * Returns what a subject lacks: the properties of statements, and its columns, that most others of its kind have. The kind is its value in the
 * first column with `enum`, as `Title: value`. `about`: key of a subject → its statements.
 */
export function lackingReader(
  { plan: statements, labels, others }: Explored,
  table: ReadTable,
  about: ReadonlyMap<string, readonly { property: string }[]>,
): (record: JsonRecord) => SubjectPage["lacking"] {
  const [kind, kindSchema] = propertiesOf(table.plan).find(([, schema]) => schema.enum !== undefined) ?? [];
  const kindOf = (record: JsonRecord): string =>
    kind === undefined ? "" : `${kindSchema?.title ?? kind}: ${propertyText(table.plan, kind, record, labels)}`;
  const columns = propertiesOf(table.plan).filter(([, { role }]) => role !== "note");
  const statedOf = (record: JsonRecord): Set<string> =>
    new Set((about.get(recordKey(table.plan, record)) ?? []).map(({ property }) => property));
  const filledOf = (record: JsonRecord): Set<string> => new Set(columns.flatMap(([name]) => (isFilled(record[name]) ? [name] : [])));
  const members = new Map<string, JsonRecord[]>();
  for (const record of table.records) {
    const known = members.get(kindOf(record));
    if (known) known.push(record);
    else members.set(kindOf(record), [record]);
  }
  const counts = new Map(
    [...members].map(([name, records]) => [
      name,
      { others: records.length - 1, stated: countTexts(records.map(statedOf)), filled: countTexts(records.map(filledOf)) },
    ]),
  );
  const propertyTable = propertyWithRole(statements, "property")?.[1].references ?? "";
  const order = propertyOrder({ plan: statements, others });
  return (record) => {
    const { others: n = 0, stated = new Map<string, number>(), filled = new Map<string, number>() } = counts.get(kindOf(record)) ?? {};
    const isUsual = (count: number | undefined): boolean => 2 * (count ?? 0) > n;
    const own = statedOf(record);
    const lacked = [...new Set([...order, ...stated.keys()])].filter((key) => isUsual(stated.get(key)) && !own.has(key));
    return {
      kind: kindOf(record),
      titles: [
        ...lacked.map((key) => labels.get(propertyTable)?.get(key) ?? key),
        ...columns.flatMap(([name, { title }]) => (isUsual(filled.get(name)) && !isFilled(record[name]) ? [title ?? name] : [])),
      ].slice(0, MAX_TITLES),
    };
  };
}
