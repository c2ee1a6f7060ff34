import type { ColumnStatistics, TypeCount } from "./column-statistics.ts";
import { isNumeric, type Scalar, valueText } from "./column-types.ts";
import type { DecimalSeparator } from "./file-locale.ts";
import { provenSeparator } from "./file-locale.ts";
import { quoteCell } from "./occurrences.ts";
import { allFit, type InferenceOptions, isAmbiguous, isSeparatorAllowed } from "./type-fit.ts";

/** Notes on how typed values differ from their cells: one for each kind of change. */
export function typedNotes(statistics: ColumnStatistics, { type, rewritten }: TypeCount): string[] {
  const notes = [...rewritten.values()].map((occurrences) => {
    const value = type.parse(occurrences.first?.cell ?? "") as Scalar;
    return `${occurrences.quoted} is read as ${valueText(value)} (${occurrences.where})`;
  });
  if (isNumeric(type))
    for (const occurrences of statistics.sentinels.values())
      notes.push(`${occurrences.quoted} is kept as a number (${occurrences.where}); where it means no value, empty the cell`);
  return statistics.guards.hasGuards ? [...notes, statistics.guards.note] : notes;
}

export function missingNotes(statistics: ColumnStatistics): string[] {
  const asEmpty = statistics.empty.count > 0 ? ", as empty cells are" : "";
  return [...statistics.missing.values()].map(
    (occurrences) => `${occurrences.quoted} is read as no value (${occurrences.where})${asEmpty}`,
  );
}

/** Notes on a text column: its allowed texts, missing values, formula guards and spaces. */
export function textNotes(statistics: ColumnStatistics, choices: readonly string[], dropsGuards: boolean): string[] {
  const notes: string[] = [];
  if (choices.length > 0) notes.push(`${choices.map(quoteCell).join(", ")}; others are refused, until its enum in schema.json names them`);
  for (const occurrences of statistics.missing.values())
    notes.push(`${occurrences.quoted} is kept as text (${occurrences.where}); where it means no value, empty the cell`);
  if (statistics.spaced.count > 0) notes.push(`${statistics.spaced.quoted} keeps the spaces around it (${statistics.spaced.where})`);
  if (dropsGuards || statistics.guards.isMixed) notes.push(statistics.guards.note);
  if (statistics.cells + statistics.missing.size === 0 && statistics.empty.count > 0) notes.push("every cell is empty");
  return notes;
}

function whySeparator(statistics: ColumnStatistics, separator: DecimalSeparator, { name, locale }: InferenceOptions): string {
  const containing = statistics.containing[separator];
  const start = `kept as text: ${containing.quoted} (${containing.where})`;
  const uses = `the file writes decimals with a ${locale.decimal}${locale.evidence ? ` (${locale.evidence})` : ""}`;
  if (locale.decimal !== undefined)
    return provenSeparator(containing.first?.cell ?? "") === separator
      ? `${start} is written with a ${separator}, but ${uses}`
      : `${start} may mean a thousand, as ${uses}; write it without separator`;
  const other = locale.delimiter === "," ? "a list" : "a thousand";
  return `${start} may mean a decimal or ${other}; where ${name} holds decimals, say --decimal ${separator}`;
}

/** Why a column that resembles another type is text. */
export function whyText(statistics: ColumnStatistics, decision: InferenceOptions): string[] {
  if (statistics.cells === 0) return [];
  if (isAmbiguous(statistics)) return ["kept as text: each may be a day and a month, or a month and a day; write 2020-09-15"];
  const unsure = statistics.counts.find(
    (count) => count.type.decimal && allFit(statistics, count) && !isSeparatorAllowed(statistics, count.type.decimal, decision.locale),
  );
  if (unsure?.type.decimal) return [whySeparator(statistics, unsure.type.decimal, decision)];
  const [pattern, occurrences] = [...statistics.patterns].find(([, { count }]) => count > 0) ?? [];
  if (pattern && occurrences)
    return [
      `kept as text: ${pattern.description}, such as ${occurrences.quoted} (${occurrences.where})${pattern.remedy ? `; ${pattern.remedy}` : ""}`,
    ];
  return whyMisfit(statistics, decision);
}

/** Names the cells that keep a column from having the type of its other cells. */
function whyMisfit(statistics: ColumnStatistics, { name }: InferenceOptions): string[] {
  const areDays = statistics.dayForms === statistics.cells;
  // On a tie between number and whole number, the wider type is reported.
  const [near] = statistics.counts
    .filter(({ type, fits, misfits }) => misfits.count > 0 && (fits * 2 > statistics.cells || (areDays && type.kind === "day")))
    .sort((a, b) => b.fits - a.fits || Number(a.type.kind === "whole number") - Number(b.type.kind === "whole number"));
  if (!near) return [];
  const { type, misfits } = near;
  const other = misfits.first?.cell ?? "";
  if (type.kind === "day" && statistics.counts.some((count) => count.type.kind === "day" && count.type.parse(other) !== undefined))
    return [
      `kept as text: days are written in more than one way, and ${misfits.quoted} is not written as most are (${misfits.where}); write 2020-09-15`,
    ];
  const what = { day: "a day of the calendar", number: "a number" }[type.kind] ?? `a ${type.kind}`;
  return [
    `kept as text: ${misfits.quoted} is not ${/^a true/.test(what) ? "true or false" : what} (${misfits.where}); correct it in the file, or confirm the text: --text ${name}`,
  ];
}
