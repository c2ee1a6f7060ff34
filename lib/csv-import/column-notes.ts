import { quoteCell } from "./cell-tally.ts";
import type { SeenColumn, TypeCount } from "./column-statistics.ts";
import { isNumeric, type Scalar, written } from "./column-types.ts";
import type { DecimalSign } from "./file-locale.ts";
import { signShownBy } from "./file-locale.ts";
import { allFit, type Decision, isAmbiguous, signAllowed } from "./type-fit.ts";

/** How the cells of a typed column were changed: one note for each kind of change. */
export function typedNotes(seen: SeenColumn, { type, rewritten }: TypeCount): string[] {
  const notes = [...rewritten.values()].map((tally) => {
    const value = type.parse(tally.first?.cell ?? "") as Scalar;
    return `${tally.quoted} is read as ${written(value)} (${tally.where})`;
  });
  if (isNumeric(type))
    for (const tally of seen.sentinels.values())
      notes.push(`${tally.quoted} is kept as a number (${tally.where}); where it means no value, empty the cell`);
  return seen.guards.hasGuards ? [...notes, seen.guards.note] : notes;
}

export function missingNotes(seen: SeenColumn): string[] {
  const asEmpty = seen.empty.count > 0 ? ", as empty cells are" : "";
  return [...seen.missing.values()].map((tally) => `${tally.quoted} is read as no value (${tally.where})${asEmpty}`);
}

/** What is said of a text column: of allowed texts, signs of a missing value, guards and spaces. */
export function textNotes(seen: SeenColumn, choices: readonly string[], dropsGuards: boolean): string[] {
  const notes: string[] = [];
  if (choices.length > 0) notes.push(`${choices.map(quoteCell).join(", ")}; others are refused, until its enum in schema.json names them`);
  for (const tally of seen.missing.values())
    notes.push(`${tally.quoted} is kept as text (${tally.where}); where it means no value, empty the cell`);
  if (seen.spaced.count > 0) notes.push(`${seen.spaced.quoted} keeps the spaces around it (${seen.spaced.where})`);
  if (dropsGuards || seen.guards.isMixed) notes.push(seen.guards.note);
  if (seen.cells + seen.missing.size === 0 && seen.empty.count > 0) notes.push("every cell is empty");
  return notes;
}

function whySign(seen: SeenColumn, sign: DecimalSign, { name, locale }: Decision): string {
  const holding = seen.holding[sign];
  const start = `kept as text: ${holding.quoted} (${holding.where})`;
  const uses = `the file writes decimals with a ${locale.sign}${locale.shown ? ` (${locale.shown})` : ""}`;
  if (locale.sign !== undefined)
    return signShownBy(holding.first?.cell ?? "") === sign
      ? `${start} is written with a ${sign}, but ${uses}`
      : `${start} may mean a thousand, as ${uses}; write it without separator`;
  const other = locale.delimiter === "," ? "a list" : "a thousand";
  return `${start} may mean a decimal or ${other}; where ${name} holds decimals, say --decimal ${sign}`;
}

/** Why a column that looks like something else stays text. */
export function whyText(seen: SeenColumn, decision: Decision): string[] {
  if (seen.cells === 0) return [];
  if (isAmbiguous(seen)) return ["kept as text: each may be a day and a month, or a month and a day; write 2020-09-15"];
  const unsure = seen.counts.find(
    (count) => count.type.sign && allFit(seen, count) && !signAllowed(seen, count.type.sign, decision.locale),
  );
  if (unsure?.type.sign) return [whySign(seen, unsure.type.sign, decision)];
  const [look, seenLook] = [...seen.looks].find(([, { count }]) => count > 0) ?? [];
  if (look && seenLook)
    return [`kept as text: ${look.what}, such as ${seenLook.quoted} (${seenLook.where})${look.remedy ? `; ${look.remedy}` : ""}`];
  return whyMisfit(seen, decision);
}

/** Names the odd cells of a column whose other cells have something in common. */
function whyMisfit(seen: SeenColumn, { name }: Decision): string[] {
  const areDays = seen.dayForms === seen.cells;
  // Where as many cells are numbers as whole numbers, the wider word is true of more that could stand there.
  const [near] = seen.counts
    .filter(({ type, fits, misfits }) => misfits.count > 0 && (fits * 2 > seen.cells || (areDays && type.kind === "day")))
    .sort((a, b) => b.fits - a.fits || Number(a.type.kind === "whole number") - Number(b.type.kind === "whole number"));
  if (!near) return [];
  const { type, misfits } = near;
  const other = misfits.first?.cell ?? "";
  if (type.kind === "day" && seen.counts.some((count) => count.type.kind === "day" && count.type.parse(other) !== undefined))
    return [
      `kept as text: days are written in more than one way, and ${misfits.quoted} is not written as most are (${misfits.where}); write 2020-09-15`,
    ];
  const what = { day: "a day of the calendar", number: "a number" }[type.kind] ?? `a ${type.kind}`;
  return [
    `kept as text: ${misfits.quoted} is not ${/^a true/.test(what) ? "true or false" : what} (${misfits.where}); correct it in the file, or confirm the text: --text ${name}`,
  ];
}
