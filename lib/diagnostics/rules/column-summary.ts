import type { Schema } from "../../schema/schema.ts";

const MAX_DESCRIPTION = 100;

/** The first sentence of a column's description, without its full stop. */
export function columnSummary(column: Schema | undefined): string | undefined {
  const description = typeof column?.description === "string" ? column.description.trim() : "";
  const sentence = (/^.*?(?=\.(?:\s|$))/s.exec(description)?.[0] ?? description).trim();
  if (sentence === "") return undefined;
  return sentence.length > MAX_DESCRIPTION ? `${sentence.slice(0, MAX_DESCRIPTION).replace(/[,;:]?\s+\S*$/, "")} …` : sentence;
}
