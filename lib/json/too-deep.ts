import { MAX_DEPTH } from "./record-batches.ts";
import { stringEnd } from "./string-end.ts";

/** The offset at which a text exceeds the maximum nesting; undefined if it does not. */
export function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === '"') i = stringEnd(text, i);
    if (c === "{" || c === "[") depth += 1;
    else if (c === "}" || c === "]") depth -= 1;
    if (depth > MAX_DEPTH) return i;
  }
  return undefined;
}
