import type { ColumnStatistics, TypeCount } from "./column-statistics.ts";
import type { DecimalSeparator } from "./file-locale.ts";
import type { InferenceOptions } from "./inference-options.ts";
import { isSeparatorAllowed } from "./is-separator-allowed.ts";
import { provenSeparator } from "./proven-separator.ts";
import { allCellsFit, fitsTwoTypes } from "./type-fits.ts";

function whySeparator(statistics: ColumnStatistics, separator: DecimalSeparator, { name, locale }: InferenceOptions): string {
  const containing = statistics.containing[separator];
  const start = `kept as text: ${containing.quoted} (${containing.where})`;
  const uses = `the file writes decimals with a ${locale.decimal}${locale.evidence ? ` (${locale.evidence})` : ""}`;
  if (locale.decimal !== undefined)
    return provenSeparator(containing.first?.cell ?? "") === separator
      ? `${start} is written with a ${separator}, but ${uses}`
      : `${start} may mean thousands, because ${uses}; write it without the separator`;
  const other = locale.delimiter === "," ? "part of a list" : "thousands";
  return `${start} may be a decimal or ${other}; if ${name} contains decimals, use --decimal ${separator}`;
}

/** Why a column that resembles another type is text. */
export function whyTextNotes(statistics: ColumnStatistics, decision: InferenceOptions): string[] {
  if (statistics.cells === 0) return [];
  if (fitsTwoTypes(statistics)) return ["kept as text: each may be day and month, or month and day; write 2020-09-15"];
  const unsure = statistics.counts.find(
    (count) => count.type.decimal && allCellsFit(statistics, count) && !isSeparatorAllowed(statistics, count.type.decimal, decision.locale),
  );
  if (unsure?.type.decimal) return [whySeparator(statistics, unsure.type.decimal, decision)];
  const first = whyPattern(statistics, false);
  if (first.length > 0) return first;
  const misfit = whyMisfit(statistics, decision);
  if (misfit.length > 0) return misfit;
  const last = whyPattern(statistics, true);
  if (last.length > 0) return last;
  const { notes } = statistics.mixed;
  return notes.length > 0 ? notes : whyPartly(statistics, decision);
}

const THOUSANDS = /^-?\d{1,3}([.,]\d{3})+$/;

const PLURALS: Record<string, string> = {
  "whole number": "numbers",
  number: "numbers",
  day: "days",
  date: "dates",
  time: "times",
  "true or false": "true or false",
  "web address": "web addresses",
};

/** Names a cell that does not have the type of at least a third of the others. */
function whyPartly(statistics: ColumnStatistics, { name, isCode }: InferenceOptions): string[] {
  const [near] = statistics.counts.filter(({ fits }) => fits * 3 >= statistics.cells).sort((a, b) => b.fits - a.fits);
  if (!near || isCode || statistics.guards.keepsQuotes) return [];
  const { type, fits, misfits } = near;
  return [
    `kept as text: ${fits} of ${statistics.cells} cells ${fits === 1 ? "is" : "are"} ${fits === 1 ? `a ${type.kind}`.replace("a true", "true") : PLURALS[type.kind]}, but ${misfits.quoted} is not (${misfits.where}); to confirm that it is text: --text ${name}`,
  ];
}

/** Names the pattern that all cells of a column match. */
function whyPattern(statistics: ColumnStatistics, isLast: boolean): string[] {
  const [pattern, occurrences] =
    [...statistics.patterns].find(([pattern, { count }]) => count > 0 && (pattern.isLast === true) === isLast) ?? [];
  return pattern && occurrences
    ? [
        `kept as text: ${pattern.description}, such as ${occurrences.quoted} (${occurrences.where})${pattern.remedy ? `; ${pattern.remedy}` : ""}`,
      ]
    : [];
}

/** Names the cells that do not have the type of the other cells. */
function whyMisfit(statistics: ColumnStatistics, { name, locale }: InferenceOptions): string[] {
  const areDays = statistics.dayForms === statistics.cells;
  const isForeign = ({ type }: TypeCount): boolean => type.decimal !== undefined && !isSeparatorAllowed(statistics, type.decimal, locale);
  // On a tie between number and whole number, the wider type is reported.
  const [near] = statistics.counts
    .filter(({ type, fits, misfits }) => misfits.count > 0 && (fits * 2 > statistics.cells || (areDays && type.kind === "day")))
    .sort(
      (a, b) =>
        b.fits - a.fits ||
        Number(isForeign(a)) - Number(isForeign(b)) ||
        Number(a.type.kind === "whole number") - Number(b.type.kind === "whole number"),
    );
  if (!near) return [];
  const { type, fits, misfits } = near;
  if (type.decimal && THOUSANDS.test(misfits.first?.cell ?? ""))
    return [
      `kept as text: ${misfits.quoted} may mean thousands, because others have a decimal ${type.decimal} (${misfits.where}); write it without the separator`,
    ];
  const isMost = fits * 2 > statistics.cells;
  const other = misfits.first?.cell ?? "";
  if (type.kind === "day" && statistics.counts.some((count) => count.type.kind === "day" && count.type.parse(other) !== undefined))
    return [
      `kept as text: days are written in more than one way, ${isMost ? `and ${misfits.quoted} is not written like most` : `such as ${misfits.quoted}`} (${misfits.where}); write 2020-09-15`,
    ];
  const kind = { day: "a day of the calendar", number: "a number" }[type.kind] ?? `a ${type.kind}`;
  return [
    `kept as text: ${misfits.quoted} is not ${/^a true/.test(kind) ? "true or false" : kind} (${misfits.where}); correct it in the file, or confirm that it is text: --text ${name}`,
  ];
}
