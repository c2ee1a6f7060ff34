import type { ChangesFile } from "./changes-file.ts";
import { type Change, summarizeDifference } from "./difference.ts";
import { shapeText } from "./shape-text.ts";
import { PUBLISHED_WORDING } from "./wording.ts";

/** Maximum kinds of changes of columns and files in the sentence. */
const NAMED = 2;

/** Changes of columns that are counted if there are several. */
const COUNTED: Partial<Record<Change["kind"], string>> = {
  "column-described": "the descriptions of # columns changed",
  "column-new": "# columns are new",
};

/** Sentences about columns and files for readers: those of one kind as one. */
function shapeSentences(changes: readonly Change[]): string[] {
  const sentences = changes.map(({ kind, change }) => {
    const many = COUNTED[kind];
    const count = changes.filter((other) => other.kind === kind).length;
    return many === undefined || count === 1 ? shapeText(change) : many.replace("#", String(count));
  });
  return [...new Set(sentences)];
}

/** File names are case-sensitive. */
const startsWithFile = (sentence: string): boolean => /^\S*[./]/.test(sentence);

/** What a release changed, in a sentence: the counted records, or else the first changes of columns and files. */
export function changesSummary({ summary, schema }: Pick<ChangesFile, "summary" | "schema">): string {
  const isShapeOnly = schema.length > 0 && summary === summarizeDifference({ schema, tables: {} }, PUBLISHED_WORDING);
  const shape = shapeSentences(schema);
  const more = shape.length - NAMED;
  const parts = [...shape.slice(0, NAMED), ...(more > 0 ? [`${more} more ${more === 1 ? "change" : "changes"}`] : [])];
  const sentence = isShapeOnly ? parts.join("; ") : summary;
  return startsWithFile(sentence) ? `${sentence}.` : `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}
