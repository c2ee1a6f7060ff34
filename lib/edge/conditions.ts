import type { IncomingHttpHeaders } from "node:http";

/** The representation that a request is about. */
export interface Representation {
  /** Weak where it is compressed on the way. */
  etag: string;
  /** Seconds since 1970, as Last-Modified says it. */
  modified: number;
  sizeBytes: number;
}

/** First and last byte of a part, both included. */
export interface ByteRange {
  first: number;
  last: number;
}

export type Judgement = { status: 200 | 304 | 412 | 416 } | { status: 206; range: ByteRange };

const tags = (header: string): string[] => header.match(/(?:W\/)?"[^"]*"/g) ?? [];
const opaque = (tag: string): string => tag.replace(/^W\//, "");

/** RFC 9110, 8.8.3.2: the strong comparison takes no weak tags. */
const isStrongMatch = (a: string, b: string): boolean => !a.startsWith("W/") && a === b;
const isWeakMatch = (a: string, b: string): boolean => opaque(a) === opaque(b);

/** A date in seconds; undefined where it is none, and the field is ignored. */
function secondsOf(header: string | undefined): number | undefined {
  const ms = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}

/** RFC 9110, 13.2.2, steps 1 and 2. */
function mayGoOn(headers: IncomingHttpHeaders, { etag, modified }: Representation): boolean {
  const match = headers["if-match"];
  if (match !== undefined) return match.trim() === "*" || tags(match).some((tag) => isStrongMatch(tag, etag));
  const since = secondsOf(headers["if-unmodified-since"]);
  return since === undefined || modified <= since;
}

/** Steps 3 and 4: the reader has it already. */
function isKnown(headers: IncomingHttpHeaders, { etag, modified }: Representation): boolean {
  const noneMatch = headers["if-none-match"];
  if (noneMatch !== undefined) return noneMatch.trim() === "*" || tags(noneMatch).some((tag) => isWeakMatch(tag, etag));
  const since = secondsOf(headers["if-modified-since"]);
  return since !== undefined && modified <= since;
}

/** Step 5: a part of another state would be put together with what the reader has of this one. */
function isSameState(headers: IncomingHttpHeaders, { etag, modified }: Representation): boolean {
  const ifRange = headers["if-range"];
  if (typeof ifRange !== "string") return true;
  return ifRange.includes('"') ? isStrongMatch(ifRange.trim(), etag) : secondsOf(ifRange) === modified;
}

/** A single range (14.1.2); undefined where the header is something else, and the whole file is the answer. */
function rangeOf(header: string, sizeBytes: number): ByteRange | "beyond" | undefined {
  const [, from, to] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header) ?? [];
  if (from === undefined || to === undefined || from + to === "") return undefined;
  if (from === "")
    return Number(to) === 0 || sizeBytes === 0 ? "beyond" : { first: Math.max(0, sizeBytes - Number(to)), last: sizeBytes - 1 };
  if (to !== "" && Number(to) < Number(from)) return undefined;
  if (Number(from) >= sizeBytes) return "beyond";
  return { first: Number(from), last: to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1) };
}

/** What RFC 9110 answers to a GET or HEAD of something that is there. A HEAD has no range (14.2). */
export function judge(method: string, headers: IncomingHttpHeaders, found: Representation): Judgement {
  if (!mayGoOn(headers, found)) return { status: 412 };
  if (isKnown(headers, found)) return { status: 304 };
  if (method !== "GET" || headers.range === undefined || !isSameState(headers, found)) return { status: 200 };
  const range = rangeOf(headers.range, found.sizeBytes);
  if (range === "beyond") return { status: 416 };
  return range ? { status: 206, range } : { status: 200 };
}

const CODINGS = ["br", "gzip"] as const;
export type Coding = (typeof CODINGS)[number];

/** The coding that a reader likes best of those that are made here; undefined where it takes none (12.5.3). */
export function codingFor(header: string | undefined): Coding | undefined {
  const quality = new Map<string, number>();
  for (const part of (header ?? "").split(",")) {
    const [coding = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const q = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, "");
    quality.set(coding, q === undefined ? 1 : Number(q) || 0);
  }
  const liked = CODINGS.filter((coding) => (quality.get(coding) ?? 0) > 0);
  return liked.sort((a, b) => (quality.get(b) ?? 0) - (quality.get(a) ?? 0))[0];
}
