import { shapeText } from "../../release/shape-text.ts";
import { columnTitle } from "./column-value-text.ts";
import { ownValue } from "./own-value.ts";
import type { VersionsModel } from "./versions-model.ts";

const WORDS = { "is new": "new", "is gone": "removed", "is described otherwise": "newly described" } as const;

/** The changes of columns, a line for each table and kind, with titles instead of file names; then those of descriptions and files. */
export function shapeLines(shape: readonly string[], model: VersionsModel): string[] {
  const columns = new Map<string, string[]>();
  const others: string[] = [];
  for (const sentence of shape) {
    const [, table = "", name = "", kind = ""] = /^(.+)\.csv: column (.+) (is (?:new|gone|described otherwise))$/.exec(sentence) ?? [];
    if (table === "") others.push(shapeText(sentence));
    else {
      const key = `${ownValue(model.tables, table)?.title ?? table}, ${WORDS[kind as keyof typeof WORDS]}: `;
      columns.set(key, [...(columns.get(key) ?? []), columnTitle(model, table, name)]);
    }
  }
  return [...[...columns].map(([key, names]) => key + names.join(", ")), ...others];
}
