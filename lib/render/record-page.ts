import { recordKey } from "../contract/record-key.ts";
import type { JsonRecord } from "../formats/cell-text.ts";
import { pageSlug } from "../site/explorer/page-slug.ts";
import { propertiesOf } from "../site/explorer/property.ts";
import { readableText } from "../site/explorer/readable-text.ts";
import type { RecordPage } from "../site/page/record-page.ts";
import type { ReleasePage } from "../site/page/release-page.ts";
import type { ReadTable } from "./read-table.ts";

/** What the pages of all records have: name, address and fields. */
export function recordPage(page: ReleasePage, { plan, labels }: ReadTable, record: JsonRecord): RecordPage {
  const key = recordKey(plan, record);
  const fields = propertiesOf(plan)
    .filter(([name]) => name !== plan.labelColumn)
    .flatMap(([name, schema]): RecordPage["fields"] => {
      const text = readableText(schema, plan.record, record[name], page.labels);
      return text === "" ? [] : [{ title: schema.title ?? name, text, isLink: schema.format === "uri" && /^https?:\/\//i.test(text) }];
    });
  return {
    ...{ name: page.name, title: page.title, version: page.version ?? "", date: page.date },
    ...{ table: { name: plan.name, title: plan.title }, key, label: labels.get(key) ?? key, fields },
    ...{ path: `/${page.name}/${plan.name}/${pageSlug(key)}/`, env: page.env },
  };
}
