import { counted } from "../explorer/counted.ts";
import type { GroupedChanges } from "./group-changes.ts";
import type { VersionsModel } from "./versions-model.ts";

/** A sentence about new tables and their numbers of rows, and whether records of the main table changed; empty if no table is new. */
export function newTablesSentence({ shape, groups }: GroupedChanges, { tables, main, noun }: VersionsModel): string {
  const added = Object.keys(tables).filter((name) => shape.includes(`${name}.ndjson is new`));
  const news = added.map((name) => {
    const rows = groups.find(({ table, kind }) => table === name && kind === "added")?.count ?? 0;
    return `a new table, ${tables[name]?.title ?? name}, with ${counted(rows, ["row", "rows"])}`;
  });
  if (news.length === 0) return "";
  const isSame = main !== undefined && !added.includes(main) && !groups.some(({ table }) => table === main);
  const text = `${isSame ? `No ${noun} changed; ` : ""}${news.join("; ")}.`;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
