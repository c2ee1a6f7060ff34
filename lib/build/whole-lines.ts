const NEWLINE = 0x0a;

/** The same bytes, cut after line breaks, which the last piece may lack. A piece is valid until the next is read. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  /** Pieces of an unfinished line; joined once, as it may span many chunks. */
  let begun: Uint8Array[] = [];
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    let start = 0;
    if (begun.length > 0 && end > 0) {
      start = bytes.indexOf(NEWLINE) + 1;
      yield Buffer.concat([...begun, bytes.subarray(0, start)]);
      begun = [];
    }
    if (end > start) yield bytes.subarray(start, end);
    // Copied: the next chunk may overwrite this one.
    if (end < bytes.length) begun.push(new Uint8Array(bytes.subarray(end)));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}
