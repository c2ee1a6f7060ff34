import type { Tone } from "../../schema/table-plan.ts";
import type { Row } from "../explorer/explorer-model.ts";

/** The answer to the main question of a table of statements: a row a subject. */
export interface Answers {
  title: string;
  /** Of the subject's column. */
  subject: string;
  /** Titles of the properties beside the status. */
  columns: string[];
  rows: AnswerRow[];
  /** What a status means, in the order of the rows. */
  legend: { label: string; tone: Tone; description?: string }[];
}

interface AnswerRow {
  label: string;
  href: string;
  status: string;
  tone: Tone;
  /** The statement that says so. */
  statement: Row;
  /** Beside `columns`: the statements to believe. */
  cells: Row[][];
}
