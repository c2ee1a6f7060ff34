import { shapeText } from "../../release/shape-text.ts";
import { columnTitle } from "./column-value-text.ts";
import { ownValue } from "./own-value.ts";
import type { VersionsModel } from "./versions-model.ts";

const WORDS = { "is new": "new", "is gone": "removed", "is described otherwise": "description changed" } as const;

/** The changes of columns, a line for each kind and table, with titles instead of file names; then those of descriptions and files. */
export function shapeLines(shape: readonly string[], model: VersionsModel): string[] {
  const columns = new Map<string, Map<string, string[]>>(Object.values(WORDS).map((kind) => [kind, new Map()]));
  const others: string[] = [];
  for (const sentence of shape) {
    const [, table = "", name = "", change = ""] = /^(.+)\.csv: column (.+) (is (?:new|gone|described otherwise))$/.exec(sentence) ?? [];
    const tables = columns.get(ownValue(WORDS, change) ?? "");
    if (tables === undefined) others.push(shapeText(sentence));
    else tables.set(table, [...(tables.get(table) ?? []), columnTitle(model, table, name)]);
  }
  const lines = [...columns].flatMap(([kind, tables]) =>
    [...tables].map(([table, titles]) => `${ownValue(model.tables, table)?.title ?? table}, ${kind}: ${titles.join(", ")}`),
  );
  return [...lines, ...others];
}
