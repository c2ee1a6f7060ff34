import { believedRows } from "../explorer/believed-rows.ts";
import { cellOf } from "../explorer/cell-of.ts";
import { claimCount } from "../explorer/claim-count.ts";
import { counted } from "../explorer/counted.ts";
import type { ExplorerModel, Facet, FacetValue, Row } from "../explorer/explorer-model.ts";
import { rowDate } from "../explorer/row-date.ts";
import { sourceName } from "../explorer/source-name.ts";
import type { StatementGroup } from "./statement-group.ts";

/** Values that a sentence names. */
const NAMED = 3;

/** At this level of certainty and above a statement needs no word of caution. */
const CERTAIN = 3;

/** A title such as "Joined on" goes on with its value. */
const LEADS_ON = /\s(?:at|by|for|from|in|of|on|since|to|until|with)$/i;

const facetWith = ({ facets }: ExplorerModel, role: Facet["role"], row: Row): FacetValue | undefined => {
  const at = facets.findIndex((facet) => facet.role === role);
  return facets[at]?.values[row.in[at] as number];
};

const withLead = (title: string, text: string): string => `${title}${LEADS_ON.test(title) ? " " : ": "}${text}`;

/** Those to believe, without what is certainly wrong. */
const standing = (model: ExplorerModel, { rows }: StatementGroup): Row[] =>
  believedRows(rows).filter((row) => facetWith(model, "certainty", row)?.level !== 0);

/** Rows with the same value, date and certainty, in the order in which they are met. */
function sameRows(model: ExplorerModel, rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const value = cellOf(model, row, "value");
    const date = value === cellOf(model, row, "date") ? "" : rowDate(model, row);
    const said = row.tone === undefined || date === "" ? value : `${value}, ${date}`;
    const certainty = facetWith(model, "certainty", row);
    const isDoubtful = certainty?.level !== undefined && certainty.level < CERTAIN;
    const notes = [row.tone === undefined ? date : "", isDoubtful && certainty.label !== value ? certainty.label : ""].filter(Boolean);
    const text = `${said}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}`;
    groups.set(text, [...(groups.get(text) ?? []), row]);
  }
  return groups;
}

/** Only the source of a statement itself: others that are named beside it may say less. */
function whoSays(model: ExplorerModel, rows: readonly Row[]): string {
  const names = new Set(rows.flatMap(({ sources }) => (sources?.[0] ? [sourceName(model, sources[0][0])] : [])));
  return names.size === 0 ? "" : `, ${names.size === 1 ? "says" : "say"} ${[...names].join("; ")}`;
}

/** A sentence of its own: texts of data may end without a full stop. */
const asSentence = (text: string): string => (text === "" || /[.!?]$/.test(text) ? text : `${text}.`);

/** What a status means, where the schema describes it. */
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

/** How many other statements contradict them, and how many say the same less or more precisely. A row names only the first. */
function whoElse(rows: readonly Row[], ids: ReadonlySet<string>): string[] {
  const [only, second] = rows;
  return OTHERS.flatMap(([kind, words]) => {
    const named = new Set(rows.flatMap((row) => (row[kind] ?? []).flatMap(({ id }) => (ids.has(id) ? [] : [id])))).size;
    if (named === 0 || !only) return [];
    const isMore = second !== undefined && rows.some(({ counts }) => counts?.[kind] !== undefined);
    return [`${isMore ? "At least " : ""}${counted(second ? named : claimCount(only, kind), words)}.`];
  });
}

function groupSentences(model: ExplorerModel, group: StatementGroup): string[] {
  const rows = standing(model, group);
  if (rows.length === 0) return [];
  const ids = new Set(rows.map(({ id }) => id));
  const isOpen = rows.some(({ claims }) => claims?.some(({ id }) => ids.has(id)));
  const values = [...sameRows(model, rows)];
  const named = values.slice(0, NAMED).map(([text, same]) => `${text}${whoSays(model, same)}`);
  const more = values.length > NAMED ? [`${values.length - NAMED} more`] : [];
  return [
    values.length === 1 ? `${withLead(group.title, named.join(""))}.` : `${group.title}: ${[...named, ...more].join("; ")}.`,
    meaning(model, rows),
    isOpen ? "These claims conflict." : "",
    ...whoElse(rows, ids),
  ].filter(Boolean);
}

/** A reader who sees one statement alone learns which one is preferred to it. */
function whatIsPreferred(model: ExplorerModel, row: Row): string[] {
  if (row.isPreferred) return [];
  const kinds = [
    ["claims", "Preferred instead"],
    ["morePrecise", "More precisely"],
  ] as const;
  return kinds.flatMap(([kind, words]) => {
    const preferred = row[kind]?.find((claim) => claim.preferred);
    if (!preferred) return [];
    const name = sourceName(model, preferred.source);
    return [`${words}: ${preferred.text}${name === "" ? "" : `, says ${name}`}.`];
  });
}

/** What one statement says, who says so, that it is deprecated and why, what is preferred to it, and how many others differ. */
export function statementSentences(model: ExplorerModel, row: Row): string[] {
  const [text = ""] = sameRows(model, [row]).keys();
  return [
    `${withLead(cellOf(model, row, "text"), text)}${whoSays(model, [row])}.`,
    row.isDeprecated ? "Deprecated." : "",
    ...whatIsPreferred(model, row),
    asSentence((row.because ?? "").trim()),
    ...whoElse([row], new Set([row.id])),
  ].filter(Boolean);
}

/**
 * What to believe of a subject in sentences of the schema's own words: of the properties that the board names, or else of the first
 * property of which something is to be believed. None where nothing is.
 */
export function answerSentences(model: ExplorerModel, about: readonly StatementGroup[]): string[] {
  const answers = about.filter(({ isAnswer }) => isAnswer).flatMap((group) => groupSentences(model, group));
  if (answers.length > 0) return answers;
  const first = about.find((group) => standing(model, group).length > 0);
  return first ? groupSentences(model, first) : [];
}
