import { FIRST_LAYOUT } from "../contract/layout.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import type { Schema } from "../schema/schema.ts";
import { columnsAlike } from "./columns-alike.ts";
import { lostValues } from "./lost-values.ts";
import { unreadKeywords } from "./unread-keywords.ts";

/** Which rules apply to a schema. */
export interface SchemaRules {
  layout: number;
  mayHaveOverlookedProblems: boolean;
}

/** Problems of a schema that earlier versions overlooked. */
export const overlookedProblems = (schema: Schema, { layout, mayHaveOverlookedProblems }: SchemaRules): ValueProblem[] =>
  layout === FIRST_LAYOUT ? [] : [...unreadKeywords(schema, { mayHaveOverlookedProblems }), ...columnsAlike(schema), ...lostValues(schema)];
