import type { Value } from "../../formats/value.ts";
import { ownValue } from "./own-value.ts";
import type { VersionsModel } from "./versions-model.ts";

/** A value of a column as text for readers. */
export function columnValueText(model: VersionsModel, table: string, name: string, value: Value | undefined): string {
  const column = ownValue(ownValue(model.tables, table)?.fields, name);
  const scalar = (inner: string | number | boolean): string => {
    const text = typeof inner === "boolean" ? (inner ? "yes" : "no") : String(inner);
    const label = column?.tables.flatMap((other) => ownValue(ownValue(model.labels, other), text) ?? [])[0];
    return label ?? ownValue(column?.titles, text) ?? text;
  };
  const words = (inner: Value | undefined): string => {
    if (inner === undefined || inner === null) return "none";
    if (Array.isArray(inner)) return inner.length === 0 ? "empty" : inner.map(words).join("; ");
    return typeof inner === "object" ? Object.values(inner).map(words).join(", ") : scalar(inner);
  };
  return words(value);
}

/** The title of a column. */
export const columnTitle = (model: VersionsModel, table: string, name: string): string =>
  ownValue(ownValue(model.tables, table)?.fields, name)?.title ?? name;
