import type { Metadata } from "../dataset/metadata.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { csv } from "./csv/format.ts";
import type { Format, FormatFile, ResourceEntry, TableFile } from "./format.ts";
import { datasetJson, json } from "./json/format.ts";
import { ndjson } from "./ndjson/format.ts";
import { parquet } from "./parquet/format.ts";
import { sqlite } from "./sqlite/format.ts";
import { xlsx } from "./xlsx/format.ts";
import { zip } from "./zip/format.ts";

/** Every format, in the order in which a release lists its files. */
export const FORMATS: readonly Format[] = [csv, json, ndjson, parquet, datasetJson, sqlite, xlsx, zip];

/** The names that files are named after. */
interface Named {
  metadata: Pick<Metadata, "name">;
  plans: readonly TablePlan[];
  formats?: readonly string[] | undefined;
}

/** The formats of a dataset; all if they are not decided yet. */
export const formatsOf = ({ formats }: Named, known: readonly Format[] = FORMATS): readonly Format[] =>
  formats ? known.filter(({ name }) => formats.includes(name)) : known;

/** The names of the formats that wrote some of these files. */
export const formatsAmong = (dataset: Named, paths: ReadonlySet<string>, known: readonly Format[] = FORMATS): string[] =>
  known.flatMap(({ name }) => (filesOfFormats({ ...dataset, formats: [name] }, known).some((file) => paths.has(file.name)) ? [name] : []));

const filesOfTable = (plan: TablePlan, formats: readonly Format[]): TableFile[] =>
  formats.flatMap((format): TableFile[] => {
    if (format.scope !== "table") return [];
    const links = format.hasLinkTables ? plan.links : [];
    return [
      { name: `${plan.name}.${format.extension}`, format, plan },
      ...links.map((link) => ({ name: `${link.name}.${format.extension}`, format, plan, link })),
    ];
  });

/** The files that formats write for a release, in order: those of each table, then those of all tables, then archives. */
export function filesOfFormats(dataset: Named, known?: readonly Format[]): FormatFile[] {
  const formats = formatsOf(dataset, known);
  const whole = (scope: "dataset" | "archive"): FormatFile[] =>
    formats.flatMap((format) =>
      format.scope !== "table" && format.scope === scope ? [{ name: `${dataset.metadata.name}.${format.extension}`, format }] : [],
    );
  return [...dataset.plans.flatMap((plan) => filesOfTable(plan, formats)), ...whole("dataset"), ...whole("archive")];
}

export const captionOfFormat = (file: FormatFile, noun: readonly [one: string, many: string]): string =>
  "plan" in file ? file.format.caption(file, noun) : file.format.caption;

export const resourceOfFormat = (file: FormatFile, plans: readonly TablePlan[]): ResourceEntry =>
  ("plan" in file ? file.format.resource?.(file, plans) : file.format.resource) ?? {};
