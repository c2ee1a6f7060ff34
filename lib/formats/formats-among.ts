import type { NamedTables } from "./dataset-formats.ts";
import type { Format } from "./format.ts";
import { FORMATS } from "./formats.ts";
import { listFormatFiles } from "./list-format-files.ts";

/** The names of the formats to which any of these files belongs. */
export const formatsAmong = (dataset: NamedTables, paths: ReadonlySet<string>, known: readonly Format[] = FORMATS): string[] =>
  known.flatMap(({ name }) => (listFormatFiles({ ...dataset, formats: [name] }, known).some((file) => paths.has(file.name)) ? [name] : []));
