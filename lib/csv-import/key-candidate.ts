import type { ColumnStatistics } from "./column-statistics.ts";
import type { InferredColumn } from "./infer-column.ts";
import { ENDING, EXACT, isFirstKeyName, isKeyName } from "./is-key-name.ts";

/** A column that may be part of the key. */
export interface KeyCandidate {
  index: number;
  name: string;
  inferred: InferredColumn;
  statistics: ColumnStatistics;
  /** No two cells are equal. */
  isUnique: boolean;
}

/** Numbers with a separator, unit or currency, which stay text. A first column, or one named like a key, may still be the key. */
const isAmountAsText = ({ statistics, index, name }: KeyCandidate): boolean =>
  statistics.areNumberForms && index > 0 && !isKeyName(name) && !isFirstKeyName(name);
const isNumber = (column: KeyCandidate): boolean =>
  column.inferred.schema.type === "number" || column.inferred.schema.type === "boolean" || isAmountAsText(column);
const isWhole = ({ inferred }: KeyCandidate): boolean => inferred.schema.type === "integer";
const isDay = ({ inferred: { schema }, statistics, name }: KeyCandidate): boolean =>
  schema.format === "date" ||
  schema.format === "edtf" ||
  schema.format === "date-time" ||
  /(^|_)(date|day|year|month|quarter|week|period|jahr|datum|ann[eé]e|año)(_|$)/.test(name) ||
  statistics.counts.some(({ type, fits }) => type.schema.format === "edtf" && fits === statistics.cells);

/** Rank of a unique column as the key, best first; undefined for numbers, which may be unique by chance. */
function rankAlone(column: KeyCandidate): number | undefined {
  const { name, index, statistics } = column;
  if (isNumber(column)) return undefined;
  if (EXACT.test(name)) return 0;
  if (index === 0 && !statistics.hasInnerSpace && !statistics.hasLongText) return 1;
  if (ENDING.test(name) && index < 3) return 2;
  if (index === 0 && !statistics.hasLongText) return 4;
  if (isWhole(column)) return ENDING.test(name) ? 4 : undefined;
  if (statistics.hasLongText) return 6;
  return statistics.hasInnerSpace ? 5 : ENDING.test(name) ? 4 : 3;
}

/** Rank of a column as a part of a key: codes, days, names, whole numbers, sentences; undefined if it cannot be one. */
function rankTogether(column: KeyCandidate): number | undefined {
  if (isNumber(column)) return undefined;
  if (isKeyName(column.name) || (column.index === 0 && isFirstKeyName(column.name))) return 0;
  if (isDay(column)) return 1;
  if (isWhole(column)) return 3;
  return column.statistics.hasLongText || column.inferred.schema.format === "uri" ? 4 : 2;
}

const isFull = ({ inferred }: KeyCandidate): boolean => inferred.required;

/** Single columns that may be the key, best first. */
export function singleKeyCandidates(columns: readonly KeyCandidate[]): KeyCandidate[] {
  return columns
    .filter((column) => isFull(column) && column.isUnique)
    .map((column) => ({ column, rank: rankAlone(column) }))
    .filter((ranked): ranked is { column: KeyCandidate; rank: number } => ranked.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || a.column.index - b.column.index)
    .map(({ column }) => column);
}

const MAX_PARTS = 10;

function choose<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => choose(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}

/** Pairs and triples of columns that may be the key, best first, each in file order. `mayBePart`: by default, has no empty cells. */
export function compositeKeyCandidates<Column extends KeyCandidate>(
  columns: readonly Column[],
  mayBePart: (column: Column) => boolean = isFull,
): Column[][] {
  const parts = columns
    .filter(mayBePart)
    .map((column) => ({ column, rank: rankTogether(column) }))
    .filter((part): part is { column: Column; rank: number } => part.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || a.column.index - b.column.index)
    .slice(0, MAX_PARTS);
  const of = (size: number) =>
    choose(parts, size)
      .map((set, order) => ({
        set,
        order,
        worst: Math.max(...set.map(({ rank }) => rank)),
        sum: set.reduce((sum, { rank }) => sum + rank, 0),
      }))
      .sort((a, b) => a.worst - b.worst || a.sum - b.sum || a.order - b.order)
      .map(({ set, worst }) => ({ worst, columns: set.map(({ column }) => column).sort((a, b) => a.index - b.index) }));
  // Three texts are better than two columns with a number.
  return [...of(2), ...of(3)]
    .map((key, order) => ({ ...key, order }))
    .sort((a, b) => Number(a.worst > 2) - Number(b.worst > 2) || a.order - b.order)
    .map(({ columns }) => columns);
}
