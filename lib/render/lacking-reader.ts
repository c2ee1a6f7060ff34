import { recordKey } from "../contract/record-key.ts";
import type { JsonRecord } from "../formats/value.ts";
import type { Explored } from "../site/explorer/explored.ts";
import { propertiesOf, propertyWithRole } from "../site/explorer/property.ts";
import { propertyText } from "../site/explorer/property-text.ts";
import type { SubjectPage } from "../site/page/release-page.ts";
import { propertyOrder } from "./property-order.ts";
import type { ReadTable } from "./read-table.ts";

/** Whether a record has a value; an empty list is none. */
const isFilled = (record: JsonRecord, name: string): boolean => {
  const value = record[name];
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
};

/**
 * Returns what a subject lacks: the properties of statements, and its columns, that others of its kind have. The kind is its value in the
 * first column with `enum`. `about`: key of a subject → its statements.
 */
export function lackingReader(
  { plan: statements, labels, others }: Explored,
  table: ReadTable,
  about: ReadonlyMap<string, readonly { property: string }[]>,
): (record: JsonRecord) => SubjectPage["lacking"] {
  const kind = propertiesOf(table.plan).find(([, schema]) => schema.enum !== undefined)?.[0];
  const kindOf = (record: JsonRecord): string => (kind === undefined ? "" : propertyText(table.plan, kind, record, labels));
  const members = new Map<string, JsonRecord[]>();
  for (const record of table.records) {
    const known = members.get(kindOf(record));
    if (known) known.push(record);
    else members.set(kindOf(record), [record]);
  }
  const propertiesIn = (records: readonly JsonRecord[]): string[] =>
    records.flatMap((record) => about.get(recordKey(table.plan, record)) ?? []).map(({ property }) => property);
  const columns = propertiesOf(table.plan).filter(([, { role }]) => role !== "note");
  const had = new Map(
    [...members].map(([name, records]) => [
      name,
      {
        properties: new Set(propertiesIn(records)),
        columns: columns.filter(([column]) => records.some((record) => isFilled(record, column))),
      },
    ]),
  );
  const propertyTable = propertyWithRole(statements, "property")?.[1].references ?? "";
  const order = propertyOrder({ plan: statements, others });
  return (record) => {
    const { properties = new Set<string>(), columns: filled = [] } = had.get(kindOf(record)) ?? {};
    const own = new Set(propertiesIn([record]));
    const lacked = [...new Set([...order, ...properties])].filter((key) => properties.has(key) && !own.has(key));
    return {
      kind: kindOf(record),
      titles: [
        ...lacked.map((key) => labels.get(propertyTable)?.get(key) ?? key),
        ...filled.flatMap(([name, { title }]) => (isFilled(record, name) ? [] : [title ?? name])),
      ],
    };
  };
}
