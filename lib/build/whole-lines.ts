const NEWLINE = 0x0a;

/** The same bytes, cut behind line breaks; the last piece may end without one. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  /** Pieces of an unfinished line; joined once, as it may span many chunks. */
  let begun: Uint8Array[] = [];
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      // The next chunk may take the place of this one.
      begun.push(new Uint8Array(chunk));
      continue;
    }
    yield Buffer.concat([...begun, bytes.subarray(0, end)]);
    begun = end < bytes.length ? [new Uint8Array(bytes.subarray(end))] : [];
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}
