import { recordKey } from "../contract/record-key.ts";
import type { JsonRecord, Value } from "../formats/value.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import { pageSlug } from "../site/explorer/page-slug.ts";
import { propertiesOf } from "../site/explorer/property.ts";
import { propertyText } from "../site/explorer/property-text.ts";
import { readableText } from "../site/explorer/readable-text.ts";
import type { RecordPage } from "../site/page/record-page.ts";
import type { ReleasePage } from "../site/page/release-page.ts";
import { makeReport } from "../site/page/report.ts";
import type { ReadTable } from "./read-table.ts";

const propertyItems = (value: Value): Value[] => (Array.isArray(value) ? value : [value]);

/** The common model of record pages: name, address and values. `linkOf` returns the address of another record's page, if any. */
export function makeRecordPage(
  page: ReleasePage,
  { plan, labels }: ReadTable,
  record: JsonRecord,
  linkOf: (table: string, key: string) => string | undefined,
): RecordPage {
  const key = recordKey(plan, record);
  const values = propertiesOf(plan)
    .filter(([name]) => name !== plan.labelColumn)
    .flatMap(([name, schema]): RecordPage["values"] => {
      const item = schema.items ? resolveSchema(schema.items, plan.record) : schema;
      const textOf = (value: Value): string =>
        item === schema ? propertyText(plan, name, record, page.labels) : readableText(item, plan.record, value, page.labels);
      const hrefOf = (value: Value, text: string): string | undefined => {
        if (item.format === "uri" && /^https?:\/\//i.test(text)) return text;
        return item.references === undefined ? undefined : linkOf(item.references, String(value));
      };
      const parts = propertyItems(record[name]).flatMap((value) => {
        const text = textOf(value);
        const href = hrefOf(value, text);
        return text === "" ? [] : [{ text, ...(href === undefined ? {} : { href }) }];
      });
      return parts.length === 0 ? [] : [{ title: schema.title ?? name, parts }];
    });
  const label = labels.get(key) ?? key;
  const path = `/${page.name}/${plan.name}/${pageSlug(key)}/`;
  return {
    ...{ name: page.name, title: page.title, version: page.version ?? "", date: page.date },
    ...(page.researchedUntil === undefined ? {} : { researchedUntil: page.researchedUntil }),
    ...{ table: { name: plan.name, title: plan.title }, key, label, values },
    ...{ path, report: makeReport(page, { name: label, path }), env: page.env },
  };
}
