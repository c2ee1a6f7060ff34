import type { Tone } from "../../schema/schema.ts";
import type { Row } from "../explorer/explorer-model.ts";

/** The answer to the main question of a table of statements: one row per subject. */
export interface MainAnswers {
  title: string;
  /** Title of the column of subjects. */
  subject: string;
  /** Titles of the properties beside the status. */
  columns: string[];
  rows: AnswerRow[];
  /** The meaning of each status that the rows or their claims state, in the order of the schema. */
  legend: { label: string; tone: Tone; description?: string }[];
}

interface AnswerRow {
  label: string;
  href: string;
  status: string;
  tone: Tone;
  /** Statements shown before the status, by the title of their property. */
  first: [title: string, rows: Row[]][];
  /** The statement of the status. */
  statement: Row;
  /** One entry per column: the supporting statements. */
  cells: Row[][];
}
