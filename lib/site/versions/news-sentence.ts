import { countText } from "./count-text.ts";
import type { GroupedChanges } from "./group-changes.ts";
import type { VersionsModel } from "./versions-model.ts";

/** A sentence that says whether no record of the main table changed, and names new tables by their records; empty if neither is so. */
export function newsSentence({ shape, groups }: GroupedChanges, { tables, main }: Pick<VersionsModel, "tables" | "main">): string {
  const added = Object.keys(tables).filter((name) => shape.includes(`${name}.ndjson is new`));
  const news = added.map((name) => {
    const rows = groups.find(({ table, kind }) => table === name && kind === "added")?.count ?? 0;
    return `a new table with ${countText(rows, name, { tables })}`;
  });
  const isSame = main !== undefined && !added.includes(main) && !groups.some(({ table }) => table === main);
  const parts = [...(isSame ? [`no ${tables[main]?.noun[0]} changed`] : []), ...news];
  if (parts.length === 0) return "";
  const text = `${parts.join("; ")}.`;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
