import type { CreateEncoder } from "../format.ts";
import { csvTextLinkRows, csvTextRows } from "./csv-text.ts";

/** CSV lines: the rows of the table, then those of its link tables. */
export const createEncoder: CreateEncoder = (plan) => (input) => [
  part(plan.name, csvTextRows(plan, input.records, input.labels), input.records.length),
  ...plan.links.map((link) => {
    const { text, rows } = csvTextLinkRows(plan.layout, link, input.records, input.labels);
    return part(link.name, text, rows);
  }),
];

const part = (table: string, text: string, rows: number): ReturnType<ReturnType<CreateEncoder>>[number] => ({
  table,
  rows,
  chunks: text === "" ? [] : [Buffer.from(text)],
});
