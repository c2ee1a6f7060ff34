import type { IncomingHttpHeaders } from "node:http";

/** The selected representation of a resource (RFC 9110, 3.2). */
export interface Representation {
  /** Weak if the response is compressed on the fly. */
  etag: string;
  /** Last-Modified, in seconds since 1970. */
  modifiedSeconds: number;
  sizeBytes: number;
}

/** First and last byte, inclusive. */
export interface RequestedRange {
  first: number;
  last: number;
}

export type Precondition = { status: 200 | 304 | 412 | 416 } | { status: 206; range: RequestedRange };

const entityTags = (header: string): string[] => header.match(/(?:W\/)?"[^"]*"/g) ?? [];
const withoutWeak = (tag: string): string => tag.replace(/^W\//, "");

/** RFC 9110, 8.8.3.2: weak tags never match in the strong comparison. */
const isStrongMatch = (a: string, b: string): boolean => !a.startsWith("W/") && a === b;
const isWeakMatch = (a: string, b: string): boolean => withoutWeak(a) === withoutWeak(b);

/** An HTTP date in seconds; undefined if it is invalid, in which case the field is ignored. */
function parseSeconds(header: string | undefined): number | undefined {
  const ms = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}

/** RFC 9110, 13.2.2, steps 1 and 2. */
function preconditionHolds(headers: IncomingHttpHeaders, { etag, modifiedSeconds }: Representation): boolean {
  const match = headers["if-match"];
  if (match !== undefined) return match.trim() === "*" || entityTags(match).some((tag) => isStrongMatch(tag, etag));
  const since = parseSeconds(headers["if-unmodified-since"]);
  return since === undefined || modifiedSeconds <= since;
}

/** Steps 3 and 4. */
function isNotModified(headers: IncomingHttpHeaders, { etag, modifiedSeconds }: Representation): boolean {
  const noneMatch = headers["if-none-match"];
  if (noneMatch !== undefined) return noneMatch.trim() === "*" || entityTags(noneMatch).some((tag) => isWeakMatch(tag, etag));
  const since = parseSeconds(headers["if-modified-since"]);
  return since !== undefined && modifiedSeconds <= since;
}

/** Step 5: a range is valid only if the client has part of this representation. */
function ifRangeMatches(headers: IncomingHttpHeaders, { etag, modifiedSeconds }: Representation): boolean {
  const ifRange = headers["if-range"];
  if (typeof ifRange !== "string") return true;
  return ifRange.includes('"') ? isStrongMatch(ifRange.trim(), etag) : parseSeconds(ifRange) === modifiedSeconds;
}

/** A single range (14.1.2). Undefined for any other header, which gets the whole file. */
function parseRange(header: string, sizeBytes: number): RequestedRange | "unsatisfiable" | undefined {
  const [, from, to] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header) ?? [];
  if (from === undefined || to === undefined || from + to === "") return undefined;
  if (from === "")
    return Number(to) === 0 || sizeBytes === 0 ? "unsatisfiable" : { first: Math.max(0, sizeBytes - Number(to)), last: sizeBytes - 1 };
  if (to !== "" && Number(to) < Number(from)) return undefined;
  if (Number(from) >= sizeBytes) return "unsatisfiable";
  return { first: Number(from), last: to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1) };
}

/** Evaluates the conditions and the range of a GET or HEAD (RFC 9110, 13.2.2 and 14.2). A HEAD has no range. */
export function evaluateConditions(method: string, headers: IncomingHttpHeaders, found: Representation): Precondition {
  if (!preconditionHolds(headers, found)) return { status: 412 };
  if (isNotModified(headers, found)) return { status: 304 };
  if (method !== "GET" || headers.range === undefined || !ifRangeMatches(headers, found)) return { status: 200 };
  const range = parseRange(headers.range, found.sizeBytes);
  if (range === "unsatisfiable") return { status: 416 };
  return range ? { status: 206, range } : { status: 200 };
}
