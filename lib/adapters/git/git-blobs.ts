import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { type GitLocation, startGit } from "./git-process.ts";

/** How long a process waits for another question before it ends. */
const IDLE_MS = 500;

const PARTIAL = "If this is a partial clone (--filter), make one without: nothing is fetched here";

interface Reader {
  child: ChildProcess;
  stdin: Socket;
  chunks: AsyncIterator<Buffer>;
  /** Why it ended, as far as is known. */
  complaint(): string;
  /** A reader that waits keeps no program from ending. */
  hold(isBusy: boolean): void;
}

function startReader(place: GitLocation): Reader {
  const child = startGit(place, "cat-file", "--batch");
  const pipes = [child.stdin, child.stdout, child.stderr] as unknown as [Socket, Socket, Socket];
  let complaint = "";
  const complain = (text: string): void => {
    complaint = `${complaint}${text}`.slice(-1_000);
  };
  // Where git does not start, or ends early, its output ends too: whoever reads that throws, with these complaints.
  for (const each of [child, ...pipes]) each.on("error", (error: Error) => complain(`${error.message}\n`));
  child.stderr.on("data", (chunk: Buffer) => complain(chunk.toString("utf8")));
  return {
    child,
    stdin: pipes[0],
    complaint: () => complaint.trim(),
    chunks: child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>,
    hold: (isBusy) => {
      for (const each of [child, ...pipes]) each[isBusy ? "ref" : "unref"]();
    },
  };
}

/** What git says of one object, and then its bytes: `<id> blob <size>`, a line feed, the bytes, a line feed. */
async function* answer({ stdin, chunks, complaint }: Reader, oid: string): AsyncGenerator<Uint8Array> {
  stdin.write(`${oid}\n`);
  let held: Buffer = Buffer.alloc(0);
  const more = async (): Promise<void> => {
    const { done, value } = await chunks.next();
    if (done) throw new Error(`git ended before it had given ${oid}${complaint() ? `: ${complaint()}` : ""}. ${PARTIAL}`);
    held = held.length === 0 ? value : Buffer.concat([held, value]);
  };
  while (!held.includes("\n")) await more();
  const end = held.indexOf("\n");
  const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(held.toString("latin1", 0, end)) ?? [];
  if (size === undefined) throw new Error(`git has no file ${oid}: ${held.toString("utf8", 0, end)}. ${PARTIAL}`);
  held = held.subarray(end + 1);
  for (let left = Number(size); left > 0; ) {
    if (held.length === 0) await more();
    const part = held.subarray(0, left);
    held = held.subarray(part.length);
    left -= part.length;
    yield part;
  }
  while (held.length === 0) await more();
}

/** Reads files by the ids that git knows them by: one process answers many questions, and one more starts while it is busy. */
export function blobs(place: GitLocation): (oid: string) => AsyncGenerator<Uint8Array> {
  const idle: { reader: Reader; timer: NodeJS.Timeout }[] = [];
  const take = (): Reader => {
    const one = idle.pop();
    if (!one) return startReader(place);
    clearTimeout(one.timer);
    one.reader.hold(true);
    return one.reader;
  };
  const giveBack = (reader: Reader): void => {
    const timer = setTimeout(() => {
      idle.splice(
        idle.findIndex((one) => one.reader === reader),
        1,
      );
      reader.stdin.end();
    }, IDLE_MS).unref();
    reader.hold(false);
    idle.push({ reader, timer });
  };
  return async function* (oid) {
    const reader = take();
    let isWhole = false;
    try {
      yield* answer(reader, oid);
      isWhole = true;
    } finally {
      // Half an answer stands in the way of the next.
      if (isWhole) giveBack(reader);
      else reader.child.kill();
    }
  };
}
