import type { Schema } from "../../schema/table-plan.ts";

const MAX_SHOWN = 80;

/** Untrusted names and values may be long. */
export const truncate = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 3)}…` : text);

/** A value as JSON, truncated. */
export const quote = (value: unknown): string => {
  // Truncated first, to keep JSON.stringify cheap.
  const short = typeof value === "string" ? value.slice(0, MAX_SHOWN) : value;
  return truncate(JSON.stringify(short) ?? "nothing");
};

/** Lists up to WHOLE are complete; of longer ones FEW are listed beside a suggestion, else MANY. */
const WHOLE = 12;
const FEW = 8;
const MANY = 30;

export function listValues(values: readonly unknown[], hasNearMiss = false): string {
  const texts = values.map((value) => (typeof value === "string" ? truncate(value) : quote(value)));
  const limit = texts.length <= WHOLE ? WHOLE : hasNearMiss ? FEW : MANY;
  return `${texts.slice(0, limit).join(", ")}${texts.length > limit ? ` and ${texts.length - limit} more` : ""}`;
}

const MAX_DESCRIPTION = 100;

/** The first sentence of a column's description, without its full stop. */
export function summaryOf(column: Schema | undefined): string | undefined {
  const description = typeof column?.description === "string" ? column.description.trim() : "";
  const sentence = (/^.*?(?=\.(?:\s|$))/s.exec(description)?.[0] ?? description).trim();
  if (sentence === "") return undefined;
  return sentence.length > MAX_DESCRIPTION ? `${sentence.slice(0, MAX_DESCRIPTION).replace(/[,;:]?\s+\S*$/, "")} …` : sentence;
}

export const parenthesized = (text: string | undefined): string => (text ? ` (${text})` : "");

export const exampleOf = (column: Schema | undefined): unknown =>
  Array.isArray(column?.["examples"]) ? (column["examples"] as unknown[])[0] : undefined;

/** What a column takes, to append to its name: `, one of: a, b`. */
export function expectedValue(column: Schema | undefined): string {
  if (Array.isArray(column?.enum) && column.enum.length <= WHOLE) return `, one of: ${listValues(column.enum)}`;
  const example = exampleOf(column);
  return `${example === undefined ? "" : `, such as ${quote(example)}`}${parenthesized(summaryOf(column))}`;
}
