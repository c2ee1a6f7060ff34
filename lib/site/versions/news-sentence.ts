import { counted } from "../explorer/counted.ts";
import type { GroupedChanges } from "./group-changes.ts";
import type { VersionsModel } from "./versions-model.ts";

/** A sentence that says whether no record of the main table changed, and names new tables with their numbers of rows; empty if neither is so. */
export function newsSentence({ shape, groups }: GroupedChanges, { tables, main, noun }: VersionsModel): string {
  const added = Object.keys(tables).filter((name) => shape.includes(`${name}.ndjson is new`));
  const news = added.map((name) => {
    const rows = groups.find(({ table, kind }) => table === name && kind === "added")?.count ?? 0;
    return `a new table, ${tables[name]?.title ?? name}, with ${counted(rows, ["row", "rows"])}`;
  });
  const isSame = main !== undefined && !added.includes(main) && !groups.some(({ table }) => table === main);
  const parts = [...(isSame ? [`no ${noun} changed`] : []), ...news];
  if (parts.length === 0) return "";
  const text = `${parts.join("; ")}.`;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
