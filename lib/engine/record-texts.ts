import { stringEnd } from "../json/string-end.ts";

/** The text and offset of each record of a batch. */
export function recordTexts(text: string): { offset: number; text: string }[] {
  const found: { offset: number; text: string }[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i += 1) {
    const c = text[i];
    if (c === '"') {
      // A string without a closing quote ends with the batch.
      i = Math.min(stringEnd(text, i), text.length - 1);
    } else if (c === "{" || c === "[") depth += 1;
    else if (c === "}" || c === "]") depth -= 1;
    else if (c === undefined || (c === "," && depth === 0)) {
      const lead = /^\s*/.exec(text.slice(start, i))?.[0].length ?? 0;
      found.push({ offset: start + lead, text: text.slice(start + lead, i) });
      start = i + 1;
    }
  }
  return found;
}
