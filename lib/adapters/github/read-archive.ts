import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { ArchiveError, archiveError } from "./archive-error.ts";
import { blobId } from "./blob-id.ts";
import type { ArchiveBounds } from "./choose-archive.ts";

/** A file as a tree lists it. */
interface WantedFile {
  sha: string;
  size?: number;
}

/** Bytes of headers and padding per entry: its own header, and an extended one for a long name. */
const OVERHEAD_BYTES = 3_072;

/** Passes bytes on, and fails at a maximum. */
function boundedBytes(max: number, what: string): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      passed += chunk.length;
      if (passed > max) done(new ArchiveError(`The archive has more than ${max} bytes ${what}`));
      else done(null, chunk);
    },
  });
}

/** The items of a stream. Only errors of the stream are converted, not those of its consumer. */
async function* itemsOf<T>(stream: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw archiveError(error);
  }
}

async function bytesOf(entry: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const chunk of itemsOf(entry)) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * The wanted files of a gzipped tar archive, each checked against its id. Nothing else in the archive is used: paths are only looked up, and
 * links and other kinds of entries are skipped. Ends with the last wanted file. Throws `ArchiveError` if the archive is damaged or exceeds its
 * bounds. `wanted`: by the path in the commit. GitHub puts all files into one folder.
 */
export async function* readArchive(
  archive: ReadableStream<Uint8Array>,
  wanted: ReadonlyMap<string, WantedFile>,
  bounds: Pick<ArchiveBounds, "bytes" | "entries">,
): AsyncGenerator<{ sha: string; bytes: Uint8Array }> {
  const left = new Map(wanted);
  const max = bounds.bytes + bounds.entries * OVERHEAD_BYTES;
  const entries = extract();
  const done = new AbortController();
  const source = Readable.fromWeb(archive as NodeReadableStream<Uint8Array>);
  const steps = [source, boundedBytes(max, "compressed"), createGunzip(), boundedBytes(max, "inflated"), entries] as const;
  const failure = pipeline(steps, { signal: done.signal }).then(
    () => undefined,
    (error: unknown) => error,
  );
  let count = 0;
  try {
    for await (const entry of itemsOf(entries)) {
      count += 1;
      if (count > bounds.entries) throw new ArchiveError(`The archive has more than ${bounds.entries} entries`);
      const { name, type, size } = entry.header;
      const path = name.slice(name.indexOf("/") + 1);
      const file = type === "file" ? left.get(path) : undefined;
      if (file?.size !== size) {
        entry.resume();
        continue;
      }
      const bytes = await bytesOf(entry as AsyncIterable<Uint8Array>, size);
      if (blobId(bytes) !== file.sha) continue;
      left.delete(path);
      yield { sha: file.sha, bytes };
      if (left.size === 0) return;
    }
    const error = await failure;
    if (error !== undefined) throw archiveError(error);
  } finally {
    // The rest of the archive is not downloaded.
    done.abort();
  }
}
