import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";

/** How long a process waits for another question before it ends. */
const IDLE_MS = 500;

interface Reader {
  child: ChildProcess;
  stdin: Socket;
  chunks: AsyncIterator<Buffer>;
  /** What it complained of. */
  complaint(): string;
  /** A reader that waits keeps no program from ending. */
  hold(isBusy: boolean): void;
}

function startReader(root: string, env: NodeJS.ProcessEnv): Reader {
  const child = spawn("git", ["-C", root, "cat-file", "--batch"], { env, stdio: ["pipe", "pipe", "pipe"] });
  const pipes = [child.stdin, child.stdout, child.stderr] as unknown as [Socket, Socket, Socket];
  let complaint = "";
  // Its end is seen where it is read.
  for (const each of [child, ...pipes]) each.on("error", () => {});
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString("utf8")}`.slice(-1_000);
  });
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
    if (done) throw new Error(`git ended before it had given ${oid}${complaint() ? `: ${complaint()}` : ""}`);
    held = held.length === 0 ? value : Buffer.concat([held, value]);
  };
  while (!held.includes("\n")) await more();
  const end = held.indexOf("\n");
  const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(held.toString("latin1", 0, end)) ?? [];
  if (size === undefined) throw new Error(`git has no file ${oid}: ${held.toString("utf8", 0, end)}`);
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
export function blobs(root: string, env: NodeJS.ProcessEnv): (oid: string) => AsyncGenerator<Uint8Array> {
  const idle: { reader: Reader; timer: NodeJS.Timeout }[] = [];
  const take = (): Reader => {
    const one = idle.pop();
    if (!one) return startReader(root, env);
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
