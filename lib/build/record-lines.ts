/** Lines of NDJSON, without their ends. */
export async function* recordLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  /** Pieces of an unfinished line; joined once, as it may span many chunks. */
  let begun: string[] = [];
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split("\n");
    begun.push(parts[0] as string);
    if (parts.length === 1) continue;
    parts[0] = begun.join("");
    begun = [parts.pop() as string];
    yield* parts;
  }
  const last = begun.join("");
  if (last) yield last;
}
