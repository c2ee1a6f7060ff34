/** A stream without bytes. */
export async function* noChunks(): AsyncGenerator<Uint8Array> {}
