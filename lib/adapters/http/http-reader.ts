import { documentLimit } from "../../contract/document-limit.ts";
import { MISSING_PAGE } from "../../contract/missing-page.ts";
import { MAX_STREAM_BYTES, TRANSFER } from "../../contract/read-limits.ts";
import type { ByteRange, Store } from "../../ports/ports.ts";
import { readWhole } from "../../ports/read-whole.ts";
import { checkedPathParts } from "../folder/checked-path.ts";
import { TooLargeError, tooLarge } from "../folder/too-large-error.ts";
import { TransferError } from "./transfer-error.ts";

/** Status codes of missing objects; 410 if their release was removed. */
const ABSENT = [404, 410];
/** Never an object: no name of a dataset or page contains two points. */
const NO_ADDRESS = "no.such.page/";
/** Larger than any bucket's error response about a missing object. */
const MAX_ERROR_BYTES = 4_096;

const causeOf = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: Error };
  return cause?.message || message;
};

/** Waits for one step of a transfer, at most `ms`. */
async function within<T>(step: Promise<T>, ms: number, what: string, abort: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(new TransferError(`${what} is too slow; the transfer was aborted`));
      abort();
    }, ms);
  });
  try {
    return await Promise.race([step, late]);
  } finally {
    clearTimeout(timer);
  }
}

interface OpenResponse {
  response: Response;
  /** Address, for messages. */
  what: string;
  abort(): void;
}

/** The decompressed bytes of a response, with limits on size and speed. Only the time spent waiting for the server counts. */
async function* bounded({ response, what, abort }: OpenResponse, maxBytes: number, limits: typeof TRANSFER): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  const reader = response.body.getReader();
  let [total, waitedMs, windowBytes, windowMs] = [0, 0, 0, 0];
  try {
    for (;;) {
      const started = performance.now();
      const left = Math.min(limits.windowMs - windowMs, limits.totalMs - waitedMs);
      const { done, value } = await within(reader.read(), Math.max(0, left), what, abort);
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
    throw new TransferError(`${what} ended early: ${causeOf(error)}`, { cause: error });
  } finally {
    abort();
  }
}

/** Without permission to list, a bucket answers 403 for a missing object, with an XML body. Firewalls and rate limits also answer 403. */
async function isMissingInBucket(answer: OpenResponse, limits: typeof TRANSFER): Promise<boolean> {
  if (answer.response.status !== 403 || !/xml/.test(answer.response.headers.get("content-type") ?? "")) return false;
  try {
    const text = Buffer.from(await readWhole(bounded(answer, MAX_ERROR_BYTES, limits))).toString("utf8");
    return /<Error>.*<Code>AccessDenied<\/Code>/s.test(text);
  } catch (error) {
    if (error instanceof TooLargeError) return false;
    throw error;
  }
}

/** Reads a published store over HTTP, with limits on size and time. The page for missing addresses is what the server sends for one. */
export function httpReader(base: string, limits = TRANSFER): Pick<Store, "get" | "read"> {
  const root = base.endsWith("/") ? base : `${base}/`;
  /** Keys of pages have a prefix in the store that their URLs lack. */
  const address = (key: string): string => {
    if (key === MISSING_PAGE) return new URL(NO_ADDRESS, root).href;
    const path = checkedPathParts(key).map(encodeURIComponent).join("/");
    return new URL(path.replace(/^pages\/(.*?)(?:index\.html)?$/, "$1"), root).href;
  };
  const open = async (key: string, range?: ByteRange): Promise<OpenResponse | undefined> => {
    const what = address(key);
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    const isMissingPage = key === MISSING_PAGE;
    const headers: Record<string, string> = isMissingPage ? { accept: "text/html" } : {};
    if (range) headers["range"] = `bytes=${range.start}-${range.end - 1}`;
    const request = fetch(what, { redirect: "manual", signal: controller.signal, headers }).catch((error: unknown) => {
      throw new TransferError(`${what} cannot be reached: ${causeOf(error)}`, { cause: error });
    });
    const response = await within(request, limits.windowMs, what, abort);
    if (range && response.status === 200) {
      abort();
      throw new TransferError(`${what} ignored the range and sent the whole file`);
    }
    if (response.ok || (isMissingPage && response.status === 404)) return { response, what, abort };
    const isAbsent = ABSENT.includes(response.status) || (await isMissingInBucket({ response, what, abort }, limits));
    abort();
    if (isAbsent) return undefined;
    throw new TransferError(`${what} answers ${response.status}`);
  };
  return {
    async get(key) {
      const answer = await open(key);
      if (!answer) return undefined;
      const bytes = await readWhole(bounded(answer, documentLimit(key), limits));
      const { headers } = answer.response;
      const ageSeconds = Number(headers.get("age") ?? 0) || 0;
      return { bytes, etag: headers.get("etag") ?? "", ageSeconds };
    },
    async *read(key, range) {
      const answer = await open(key, range);
      if (!answer) throw new Error(`${address(key)} does not exist`);
      yield* bounded(answer, MAX_STREAM_BYTES, limits);
    },
  };
}
