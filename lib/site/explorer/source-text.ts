import { recordAnchor } from "../../contract/record-anchor.ts";
import type { JsonRecord, Value } from "../../formats/value.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import { schemaType } from "../../schema/schema-type.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { Citation, CitationMark, ShownSource } from "./explorer-model.ts";
import { describedPropertyValues, propertiesOf, propertyTexts, propertyWithRole } from "./property.ts";
import { readableText } from "./readable-text.ts";

function citation(key: string, locator: string, mark: CitationMark | undefined): Citation<string> {
  if (mark !== undefined) return [key, locator, mark];
  return locator === "" ? [key] : [key, locator];
}

/** How records cite sources: by their own source column, and by lists of objects that refer to the same table. */
export function sourceProperties(plan: TablePlan): { table: string; of(record: JsonRecord): Citation<string>[] } | undefined {
  const own = propertyWithRole(plan, "source");
  const table = own?.[1].references ?? (own?.[1].items && resolveSchema(own[1].items, plan.record).references);
  if (!own || !table) return undefined;
  const locator = propertyWithRole(plan, "locator")?.[0];
  const lists = propertiesOf(plan).flatMap(([name, schema]) => {
    const item = schema.items ? resolveSchema(schema.items, plan.record) : undefined;
    const inner = Object.entries(item?.properties ?? {}).map(([key, value]) => [key, resolveSchema(value, plan.record)] as const);
    const reference = inner.find(([, value]) => value.references === table)?.[0];
    // The relation of a source to the record, such as `supports`, then the passage.
    const texts = inner.filter(([key, value]) => key !== reference && schemaType(value) === "string");
    const said = [true, false].flatMap((isKind) => texts.filter(([, { enum: allowed }]) => (allowed !== undefined) === isKind).slice(0, 1));
    return reference ? [{ name, reference, said }] : [];
  });
  const isMention = (item: Record<string, Value>, said: (typeof lists)[number]["said"]): boolean =>
    said.some(([key, schema]) => describedPropertyValues(schema)[String(item[key])]?.level === 0);
  const quotable = propertiesOf(plan).flatMap(([name, schema]) => (schema.enum?.includes("quote") ? [name] : []));
  return {
    table,
    of(record) {
      const located = locator === undefined ? undefined : record[locator];
      const isQuote = quotable.some((name) => record[name] === "quote");
      const first = propertyTexts(record[own[0]]).map((key) =>
        citation(String(key), typeof located === "string" ? located : "", isQuote ? 1 : undefined),
      );
      const more = lists.flatMap(({ name, reference, said }) =>
        (Array.isArray(record[name]) ? (record[name] as Record<string, Value>[]) : []).map((item) => {
          const text = said.map(([key, schema]) => readableText(schema, plan.record, item[key], new Map())).filter(Boolean);
          return citation(String(item[reference]), text.join(": "), isMention(item, said) ? 0 : undefined);
        }),
      );
      return [...first, ...more];
    },
  };
}

export const sourceTable = (plan: TablePlan): string | undefined => sourceProperties(plan)?.table;

/** Formats a source for the details of a row. */
export function sourceText(plan: TablePlan, record: JsonRecord): ShownSource {
  const label = plan.labelColumn === undefined ? undefined : record[plan.labelColumn];
  const title = record["title"];
  const url = propertiesOf(plan).find(([, schema]) => schema.format === "uri")?.[0];
  const address = url === undefined ? undefined : record[url];
  const basis = describedPropertyValues(propertiesOf(plan).find(([name]) => name === "titleBasis")?.[1])[String(record["titleBasis"])];
  const by = typeof label === "string" ? label : recordAnchor(plan, record);
  return {
    title: typeof title === "string" ? title : by,
    by: typeof title === "string" ? by : "",
    ...(typeof title === "string" && basis?.level === 0 ? { isTitleInferred: true } : {}),
    ...(typeof address === "string" && /^https?:\/\//i.test(address) ? { url: address } : {}),
  };
}
