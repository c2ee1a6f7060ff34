import { plural } from "../../lib/contract/plural.ts";
import type { InferredTableColumn } from "../../lib/csv-import/infer-table.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { colors } from "../colors.ts";
import { out } from "../out.ts";
import type { CsvImport } from "./csv-import.ts";

const DELIMITERS: Record<string, string> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars" };

const MAX_SHOWN = 40;

const short = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN).toWellFormed()}…` : text);

const describe = ({ kind, required }: InferredTableColumn, part: string): string =>
  `${kind}${part ? `, ${part}` : required ? "" : ", may be missing"}`;

const partOf = ({ name }: InferredTableColumn, key: readonly string[]): string =>
  key.includes(name) ? (key.length > 1 ? "part of the key" : "the key") : "";

/** Prints the type of each column and the reason for it. */
export function printInferredTable({
  file,
  table,
  inferred: { columns, key, keyNotes, rows, notes },
}: Pick<CsvImport, "file" | "table" | "inferred">): void {
  out(`${colors.bold(escapeControlChars(file))}  ${plural(rows, "row")}, cells separated by ${DELIMITERS[table.delimiter]}\n`);
  const lines = columns.map((column) => [column.name, describe(column, partOf(column, key)), escapeControlChars(short(column.header))]);
  const width = (i: number): number => Math.max(...lines.map((line) => line[i]?.length ?? 0));
  const [names, kinds] = [width(0), width(1)];
  for (const [i, [name = "", kind = "", header]] of lines.entries()) {
    const column = columns[i] as InferredTableColumn;
    out(`  ${colors.bold(name.padEnd(names))}  ${kind.padEnd(kinds)}  ${colors.dim(header ?? "")}`.trimEnd());
    for (const note of [...(name === key[0] ? keyNotes : []), ...column.notes]) out(`  ${" ".repeat(names)}  ${escapeControlChars(note)}`);
  }
  if (notes.length > 0) out("");
  for (const note of notes) out(`  ${note}`);
}
