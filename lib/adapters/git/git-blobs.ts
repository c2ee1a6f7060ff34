import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { RecentlyRead } from "./recently-read.ts";
import { type GitLocation, runGitProcess } from "./run-git.ts";

/** Time after which an idle process is ended. */
const IDLE_MS = 500;

/** Maximum bytes of a cached file, and of all cached files. Publishing reads most files several times. */
const KEPT = { maxValueBytes: 64 * 1024, maxBytes: 8 * 1024 * 1024 };

const PARTIAL = "If this is a partial clone (--filter), make a full one: Factpress never fetches";

interface CatFileProcess {
  child: ChildProcess;
  stdin: Socket;
  chunks: AsyncIterator<Buffer>;
  /** Its output on standard error. */
  errorText(): string;
  /** An idle reader does not keep this process alive. */
  setBusy(isBusy: boolean): void;
}

function startReader(location: GitLocation): CatFileProcess {
  const child = runGitProcess(location, "cat-file", "--batch");
  const pipes = [child.stdin, child.stdout, child.stderr] as unknown as [Socket, Socket, Socket];
  let errors = "";
  const addError = (text: string): void => {
    errors = `${errors}${text}`.slice(-1_000);
  };
  // If git does not start or exits early, its output ends and the pending read throws.
  for (const each of [child, ...pipes]) each.on("error", (error: Error) => addError(`${error.message}\n`));
  child.stderr.on("data", (chunk: Buffer) => addError(chunk.toString("utf8")));
  return {
    child,
    stdin: pipes[0],
    errorText: () => errors.trim(),
    chunks: child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>,
    setBusy: (isBusy) => {
      for (const each of [child, ...pipes]) each[isBusy ? "ref" : "unref"]();
    },
  };
}

/** The bytes of one object. Git answers `<id> blob <size>`, a line feed, the bytes, a line feed. */
async function* readBlob({ stdin, chunks, errorText }: CatFileProcess, oid: string): AsyncGenerator<Uint8Array> {
  stdin.write(`${oid}\n`);
  let buffered: Buffer = Buffer.alloc(0);
  const more = async (): Promise<void> => {
    const { done, value } = await chunks.next();
    if (done) throw new Error(`git exited before it returned ${oid}${errorText() ? `: ${errorText()}` : ""}. ${PARTIAL}`);
    buffered = buffered.length === 0 ? value : Buffer.concat([buffered, value]);
  };
  while (!buffered.includes("\n")) await more();
  const end = buffered.indexOf("\n");
  const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(buffered.toString("latin1", 0, end)) ?? [];
  if (size === undefined) throw new Error(`git has no file ${oid}: ${buffered.toString("utf8", 0, end)}. ${PARTIAL}`);
  buffered = buffered.subarray(end + 1);
  for (let left = Number(size); left > 0; ) {
    if (buffered.length === 0) await more();
    const part = buffered.subarray(0, left);
    buffered = buffered.subarray(part.length);
    left -= part.length;
    yield part;
  }
  while (buffered.length === 0) await more();
}

/** Yields the chunks of a file, and caches the file if it is small. */
async function* keeping(kept: RecentlyRead<Buffer>, oid: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const copied: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes <= KEPT.maxValueBytes) copied.push(Buffer.from(chunk));
    yield chunk;
  }
  if (bytes <= KEPT.maxValueBytes) kept.add(oid, Buffer.concat(copied));
}

/** Reads files by object id. One git process serves many requests; a second one starts while the first is busy. Small files are cached. */
export function gitBlobs(location: GitLocation): (oid: string) => AsyncGenerator<Uint8Array> {
  const idle: { reader: CatFileProcess; timer: NodeJS.Timeout }[] = [];
  const take = (): CatFileProcess => {
    const one = idle.pop();
    if (!one) return startReader(location);
    clearTimeout(one.timer);
    one.reader.setBusy(true);
    return one.reader;
  };
  const release = (reader: CatFileProcess): void => {
    const timer = setTimeout(() => {
      idle.splice(
        idle.findIndex((one) => one.reader === reader),
        1,
      );
      reader.stdin.end();
    }, IDLE_MS).unref();
    reader.setBusy(false);
    idle.push({ reader, timer });
  };
  async function* read(oid: string): AsyncGenerator<Uint8Array> {
    const reader = take();
    let isComplete = false;
    try {
      yield* readBlob(reader, oid);
      isComplete = true;
    } finally {
      // The rest of an abandoned response would be read as the next response.
      if (isComplete) release(reader);
      else reader.child.kill();
    }
  }
  const kept = new RecentlyRead<Buffer>(KEPT);
  return async function* (oid) {
    const known = kept.get(oid);
    if (!known) yield* keeping(kept, oid, read(oid));
    // A copy, so that callers cannot modify the cache.
    else if (known.length > 0) yield Buffer.from(known);
  };
}
