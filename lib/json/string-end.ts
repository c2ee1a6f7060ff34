/** Offset of the quote that closes the JSON string starting at `start`; `end` if it is not closed before. */
export function stringEnd(text: string, start: number, end = text.length): number {
  let i = start + 1;
  while (i < end && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return Math.min(i, end);
}
