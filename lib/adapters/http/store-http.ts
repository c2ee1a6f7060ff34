import { documentLimit, MAX_STREAM_BYTES, TRANSFER } from "../../contract/read-limits.ts";
import type { Store } from "../../ports/ports.ts";
import { checkedParts } from "../folder/checked-path.ts";
import { TooLargeError, tooLarge } from "../folder/plain-file.ts";

/** A server that cannot be reached, takes too long, breaks off, or answers something else. */
export class TransferError extends Error {
  override name = "TransferError";
}

/** What there is where nothing is: withdrawn objects answer 410, buckets without the right to list answer 403. */
const ABSENT = [403, 404, 410];

const causeOf = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: Error };
  return cause?.message || message;
};

/** Waits for one step of a transfer, at most so long. */
async function within<T>(step: Promise<T>, ms: number, what: string, giveUp: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(new TransferError(`${what} takes too long and was given up`));
      giveUp();
    }, ms);
  });
  try {
    return await Promise.race([step, late]);
  } finally {
    clearTimeout(timer);
  }
}

interface Answer {
  response: Response;
  /** Where it was read from, for messages. */
  what: string;
  giveUp(): void;
}

/** The bytes of an answer, after decompression, as long as they come fast enough and are not too many. Time of the reader does not count. */
async function* bounded({ response, what, giveUp }: Answer, maxBytes: number, limits: typeof TRANSFER): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  const reader = response.body.getReader();
  let [total, waitedMs, windowBytes, windowMs] = [0, 0, 0, 0];
  try {
    for (;;) {
      const started = performance.now();
      const left = Math.min(limits.windowMs - windowMs, limits.totalMs - waitedMs);
      const { done, value } = await within(reader.read(), Math.max(0, left), what, giveUp);
      if (done) return;
      const ms = performance.now() - started;
      total += value.length;
      waitedMs += ms;
      windowMs += ms;
      windowBytes += value.length;
      if (total > maxBytes) throw tooLarge(what, maxBytes);
      if (windowBytes >= limits.windowBytes) [windowBytes, windowMs] = [0, 0];
      yield value;
    }
  } catch (error) {
    if (error instanceof TransferError || error instanceof TooLargeError) throw error;
    throw new TransferError(`${what} broke off: ${causeOf(error)}`, { cause: error });
  } finally {
    giveUp();
  }
}

/** A published store, read over HTTP as everybody reads it, within limits of bytes and time. */
export function httpReader(base: string, limits = TRANSFER): Pick<Store, "get" | "read"> {
  const root = base.endsWith("/") ? base : `${base}/`;
  /** Pages are served at the addresses that people see. */
  const address = (key: string): string => {
    const path = checkedParts(key).map(encodeURIComponent).join("/");
    return new URL(path.replace(/^pages\/(.*?)(?:index\.html)?$/, "$1"), root).href;
  };
  const open = async (key: string): Promise<Answer | undefined> => {
    const what = address(key);
    const abort = new AbortController();
    const giveUp = (): void => abort.abort();
    const asked = fetch(what, { redirect: "manual", signal: abort.signal }).catch((error: unknown) => {
      throw new TransferError(`${what} cannot be reached: ${causeOf(error)}`, { cause: error });
    });
    const response = await within(asked, limits.windowMs, what, giveUp);
    if (response.ok) return { response, what, giveUp };
    giveUp();
    if (ABSENT.includes(response.status)) return undefined;
    throw new TransferError(`${what} answers ${response.status}`);
  };
  return {
    async get(key) {
      const answer = await open(key);
      if (!answer) return undefined;
      const chunks: Uint8Array[] = [];
      for await (const chunk of bounded(answer, documentLimit(key), limits)) chunks.push(chunk);
      const { headers } = answer.response;
      const ageSeconds = Number(headers.get("age") ?? 0) || 0;
      return { bytes: Buffer.concat(chunks), etag: headers.get("etag") ?? "", ageSeconds };
    },
    async *read(key) {
      const answer = await open(key);
      if (!answer) throw new Error(`${address(key)} is not there`);
      yield* bounded(answer, MAX_STREAM_BYTES, limits);
    },
  };
}
