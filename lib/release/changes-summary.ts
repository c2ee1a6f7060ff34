import { shapeText } from "./shape-text.ts";

/** Maximum kinds of changes of columns and files in the sentence. */
const NAMED = 2;

/** Changes of columns that are counted, not named one by one. */
const COUNTED: [pattern: RegExp, one: string, many: string][] = [
  [/: column .+ is described otherwise$/, "the description of a column changed", "the descriptions of # columns changed"],
  [/: column .+ is new$/, "a column is new", "# columns are new"],
];

const unescaped = (markdown: string): string => markdown.replaceAll(/\\(?=[!-/:-@[-`{-~])/g, "");

/** Published sentences about columns and files for readers: those of one kind as one. */
function shapeSentences(changes: readonly string[]): string[] {
  const sentences = new Map<string, number>();
  for (const change of changes) {
    const [, one] = COUNTED.find(([pattern]) => pattern.test(change)) ?? [];
    const sentence = one ?? shapeText(change);
    sentences.set(sentence, (sentences.get(sentence) ?? 0) + 1);
  }
  return [...sentences].map(([sentence, count]) => {
    const [, , many = sentence] = COUNTED.find(([, one]) => one === sentence) ?? [];
    return count === 1 ? sentence : many.replace("#", String(count));
  });
}

/** What a release changed, in a sentence, from its `CHANGES.md`: the counted records, or else the first changes of columns and files. */
export function changesSummary(text: string): string | undefined {
  const [head = ""] = text.split("\n## ");
  const [, counted] = /^Since .+: \*\*\w+\*\*\. (.+)\.$/m.exec(head) ?? [];
  if (counted === undefined) return undefined;
  const shape = shapeSentences([...head.matchAll(/^- (?:\*\*breaking\*\*: )?(.+)$/gm)].map(([, change = ""]) => unescaped(change)));
  const isShapeOnly = shape.length > 0 && !/^\d+ .*(?:added|corrected|replaced|removed)\b/.test(counted);
  const more = shape.length - NAMED;
  const parts = [...shape.slice(0, NAMED), ...(more > 0 ? [`${more} more ${more === 1 ? "change" : "changes"}`] : [])];
  const sentence = isShapeOnly ? parts.join("; ") : unescaped(counted);
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}
