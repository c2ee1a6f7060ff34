import { cellOf } from "../explorer/cell-of.ts";
import { claimCount } from "../explorer/claim-count.ts";
import { counted } from "../explorer/counted.ts";
import type { Claim, ExplorerModel, Facet, FacetValue, Row } from "../explorer/explorer-model.ts";
import { rowDate } from "../explorer/row-date.ts";
import { sourceName } from "../explorer/source-name.ts";
import { standingRows } from "../explorer/standing-rows.ts";
import { sourcesByReliability } from "../explorer/supporting-sources.ts";
import type { StatementGroup } from "./statement-group.ts";

/** Maximum values in a sentence. */
export const NAMED = 3;

/** Minimum level of certainty of a statement without a caveat. */
const CERTAIN = 3;

/** Titles that are completed by the value, such as "Joined on". */
const LEADS_ON = /\s(?:at|by|for|from|in|of|on|since|to|until|with)$/i;

const facetWith = ({ facets }: ExplorerModel, role: Facet["role"], row: Row): FacetValue | undefined => {
  const at = facets.findIndex((facet) => facet.role === role);
  return facets[at]?.values[row.in[at] as number];
};

/** The word for the certainty of a statement that needs a caveat; otherwise empty. */
export function answerDoubt(model: ExplorerModel, row: Row): string {
  const { level = CERTAIN, label = "" } = facetWith(model, "certainty", row) ?? {};
  return level < CERTAIN ? label : "";
}

const withLead = (title: string, text: string): string => `${title}${LEADS_ON.test(title) ? " " : ": "}${text}`;

/** Groups rows with the same value, date and certainty, in order of appearance. */
function sameRows(model: ExplorerModel, rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const value = cellOf(model, row, "value");
    const date = value === cellOf(model, row, "date") ? "" : rowDate(model, row);
    const said = row.tone === undefined || date === "" ? value : `${value}, ${date}`;
    const doubt = answerDoubt(model, row);
    const additions = [row.tone === undefined ? date : "", doubt !== value ? doubt : ""].filter(Boolean);
    const text = `${said}${additions.length > 0 ? ` (${additions.join("; ")})` : ""}`;
    groups.set(text, [...(groups.get(text) ?? []), row]);
  }
  return groups;
}

/** The name of a source with its date in parentheses, because "undated" would otherwise seem to be about the statement's date. */
const spokenSource = (model: ExplorerModel, index: number): string =>
  sourceName(model, index).replace(/, ((?:about )?\d{4}[-\dX~?%/]*(?: to \d{4}[-\dX~?%/]*)?|undated)$/, " ($1)");

/** Names the most reliable source of each statement. */
function attribution(model: ExplorerModel, rows: readonly Row[]): string {
  const names = new Set(rows.flatMap((row) => sourcesByReliability(model, row).slice(0, 1)).map((index) => spokenSource(model, index)));
  return names.size === 0 ? "" : `, ${names.size === 1 ? "says" : "say"} ${[...names].join("; ")}`;
}

/** Adds a full stop if the text has none. */
const asSentence = (text: string): string => (text === "" || /[.!?]$/.test(text) ? text : `${text}.`);

/** The meaning of a status, if the schema describes it. */
function meaning(model: ExplorerModel, rows: readonly Row[]): string {
  const texts = new Set(rows.filter(({ tone }) => tone !== undefined).map((row) => cellOf(model, row, "value")));
  const known = model.facets.find(({ role }) => role === "status")?.values.filter(({ label }) => texts.has(label)) ?? [];
  return asSentence(known.length === 1 ? (known[0]?.description ?? "").trim() : "");
}

const OTHERS = [
  ["claims", ["other claim differs", "other claims differ"]],
  ["lessPrecise", ["other claim is less precise", "other claims are less precise"]],
  ["morePrecise", ["other claim is more precise", "other claims are more precise"]],
] as const;

/** The number of statements that contradict these, or agree but are less or more precise. A row lists only the first few. */
function otherClaimSentences(rows: readonly Row[]): string[] {
  const [only, second] = rows;
  const ids = new Set(rows.map(({ id }) => id));
  return OTHERS.flatMap(([kind, words]) => {
    const named = new Set(rows.flatMap((row) => (row[kind] ?? []).flatMap(({ id }) => (ids.has(id) ? [] : [id])))).size;
    if (named === 0 || !only) return [];
    const isMore = second !== undefined && rows.some(({ counts }) => counts?.[kind] !== undefined);
    return [`${isMore ? "At least " : ""}${counted(second ? named : claimCount(only, kind), words)}.`];
  });
}

/** What an answer adds to its statements: the meaning of their status, whether they conflict, and how many other claims differ. */
export function answerCaveats(model: ExplorerModel, rows: readonly Row[]): string[] {
  const ids = new Set(rows.map(({ id }) => id));
  const isOpen = rows.some(({ claims }) => claims?.some(({ id }) => ids.has(id)));
  return [meaning(model, rows), isOpen ? "These claims conflict." : "", ...otherClaimSentences(rows)].filter(Boolean);
}

function groupSentences(model: ExplorerModel, group: StatementGroup): string[] {
  const rows = standingRows(group.rows);
  const values = [...sameRows(model, rows)];
  const named = values.slice(0, NAMED).map(([text, same]) => `${text}${attribution(model, same)}`);
  const more = values.length > NAMED ? [`${values.length - NAMED} more`] : [];
  return [
    values.length === 1 ? `${withLead(group.title, named.join(""))}.` : `${group.title}: ${[...named, ...more].join("; ")}.`,
    ...answerCaveats(model, rows),
  ];
}

function claimSentence(model: ExplorerModel, words: string, { text, source }: Claim): string {
  const name = spokenSource(model, source);
  return `${words}: ${text}${name === "" ? "" : `, says ${name}`}.`;
}

/** Names the preferred statement, for readers who see only this one. */
function preferredSentences(model: ExplorerModel, row: Row): string[] {
  if (row.isPreferred) return [];
  const kinds = [
    ["claims", "Preferred instead"],
    ["morePrecise", "More precisely"],
  ] as const;
  return kinds.flatMap(([kind, words]) => {
    const preferred = row[kind]?.find((claim) => claim.preferred);
    return preferred ? [claimSentence(model, words, preferred)] : [];
  });
}

/** A statement as a sentence without a full stop: its value, date and source. */
export function saidSentence(model: ExplorerModel, row: Row): string {
  const [text = ""] = sameRows(model, [row]).keys();
  return `${withLead(cellOf(model, row, "text"), text)}${attribution(model, [row])}`;
}

/**
 * One statement in sentences: its source, whether and why it is deprecated or replaced, the preferred statement, and the number of others
 * that differ.
 */
export function statementSentences(model: ExplorerModel, row: Row): string[] {
  return [
    `${saidSentence(model, row)}.`,
    row.isDeprecated ? "Deprecated." : "",
    ...(row.replacedBy ? [claimSentence(model, "Replaced by", row.replacedBy)] : []),
    ...preferredSentences(model, row),
    asSentence((row.because ?? "").trim()),
    ...otherClaimSentences([row]),
  ].filter(Boolean);
}

/** The statements that answer about a subject: those with the board's properties, or else the first property with an answer. */
export function answerGroups(about: readonly StatementGroup[]): StatementGroup[] {
  const answered = about.filter(({ rows }) => standingRows(rows).length > 0);
  const answers = answered.filter(({ isAnswer }) => isAnswer);
  return answers.length > 0 ? answers : answered.slice(0, 1);
}

/** The answer about a subject in sentences, with texts of the schema. Empty if there is none. */
export const answerSentences = (model: ExplorerModel, about: readonly StatementGroup[]): string[] =>
  answerGroups(about).flatMap((group) => groupSentences(model, group));
