import { FIRST_LAYOUT } from "../contract/layout.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import type { Schema } from "../schema/table-plan.ts";
import { columnsAlike } from "./columns-alike.ts";
import { lostValues } from "./lost-values.ts";
import { unreadKeywords } from "./unread-keywords.ts";

/** Which rules apply to a schema. */
export interface SchemaRules {
  layout: number;
  mayHaveOldProblems: boolean;
}

/** Problems of a schema that earlier versions overlooked. */
export const laterProblems = (schema: Schema, { layout, mayHaveOldProblems }: SchemaRules): ValueProblem[] =>
  layout === FIRST_LAYOUT ? [] : [...unreadKeywords(schema, { mayHaveOldProblems }), ...columnsAlike(schema), ...lostValues(schema)];
