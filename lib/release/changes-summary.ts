import { shapeText } from "./shape-text.ts";

/** Maximum kinds of changes of columns and files in the sentence. */
const NAMED = 2;

/** Changes of columns that are counted if there are several. */
const COUNTED: [pattern: RegExp, many: string][] = [
  [/: column .+ is described otherwise$/, "the descriptions of # columns changed"],
  [/: column .+ is new$/, "# columns are new"],
];

const unescaped = (markdown: string): string => markdown.replaceAll(/\\(?=[!-/:-@[-`{-~])/g, "");

/** Published sentences about columns and files for readers: those of one kind as one. */
function shapeSentences(changes: readonly string[]): string[] {
  const sentences = changes.map((change) => {
    const [pattern, many] = COUNTED.find(([each]) => each.test(change)) ?? [];
    const count = pattern ? changes.filter((other) => pattern.test(other)).length : 1;
    return many === undefined || count === 1 ? shapeText(change) : many.replace("#", String(count));
  });
  return [...new Set(sentences)];
}

/** File names are case-sensitive. */
const startsWithFile = (sentence: string): boolean => /^\S*[./]/.test(sentence);

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
  return startsWithFile(sentence) ? `${sentence}.` : `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}
