import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, it } from "vitest";
import { evaluateConditions } from "../../../lib/edge/evaluate-conditions.ts";
import { preferredCoding } from "../../../lib/edge/preferred-coding.ts";

const DATE = "Sun, 03 Mar 2024 10:00:00 GMT";
const BEFORE = "Sun, 03 Mar 2024 09:59:59 GMT";
const AFTER = "Sun, 03 Mar 2024 10:00:01 GMT";
const FOUND = { etag: '"a"', modifiedSeconds: Date.parse(DATE) / 1000, sizeBytes: 100 };
const WEAK = { ...FOUND, etag: 'W/"a"' };

describe("conditions of a request", () => {
  it.each<[IncomingHttpHeaders, number, typeof FOUND?]>([
    [{}, 200],
    [{ "if-match": '"a"' }, 200],
    [{ "if-match": '"b", "a"' }, 200],
    [{ "if-match": "*" }, 200],
    [{ "if-match": '"b"' }, 412],
    [{ "if-match": 'W/"a"' }, 412],
    [{ "if-match": '"a"' }, 412, WEAK],
    [{ "if-match": "a" }, 412],
    [{ "if-match": '"b,"a"' }, 412],
    [{ "if-unmodified-since": DATE }, 200],
    [{ "if-unmodified-since": BEFORE }, 412],
    [{ "if-unmodified-since": "yesterday" }, 200],
    [{ "if-match": '"a"', "if-unmodified-since": BEFORE }, 200],
    [{ "if-none-match": '"a"' }, 304],
    [{ "if-none-match": 'W/"a"' }, 304],
    [{ "if-none-match": '"a"' }, 304, WEAK],
    [{ "if-none-match": "*" }, 304],
    [{ "if-none-match": '"b"' }, 200],
    [{ "if-none-match": '"b"', "if-modified-since": AFTER }, 200],
    [{ "if-modified-since": DATE }, 304],
    [{ "if-modified-since": AFTER }, 304],
    [{ "if-modified-since": BEFORE }, 200],
    [{ "if-match": '"b"', "if-none-match": '"a"' }, 412],
  ])("%j: %i", (headers, status, found = FOUND) => {
    for (const method of ["GET", "HEAD"]) expect(evaluateConditions(method, headers, found)).toEqual({ status });
  });

  it.each<[string, [number, number] | 200 | 416]>([
    ["bytes=0-9", [0, 9]],
    ["bytes=0-0", [0, 0]],
    ["Bytes= 10-", [10, 99]],
    ["bytes=99-99", [99, 99]],
    ["bytes=90-1000", [90, 99]],
    ["bytes=-10", [90, 99]],
    ["bytes=-100", [0, 99]],
    ["bytes=-1000", [0, 99]],
    ["bytes=-0", 416],
    ["bytes=100-", 416],
    ["bytes=100-200", 416],
    ["bytes=9-8", 200],
    ["bytes=-", 200],
    ["bytes=a-b", 200],
    ["bytes=0-1,3-4", 200],
    ["lines=0-1", 200],
  ])("the range %s: %j", (range, answer) => {
    const result = evaluateConditions("GET", { range }, FOUND);
    expect(result).toEqual(Array.isArray(answer) ? { status: 206, range: { first: answer[0], last: answer[1] } } : { status: answer });
    // RFC 9110, 14.2: a range means something to GET only.
    expect(evaluateConditions("HEAD", { range }, FOUND)).toEqual({ status: 200 });
  });

  it("sends no part of an empty file", () => {
    for (const range of ["bytes=0-", "bytes=-1"])
      expect(evaluateConditions("GET", { range }, { ...FOUND, sizeBytes: 0 })).toEqual({ status: 416 });
  });

  it.each([
    ['"a"', 206],
    ['"b"', 200],
    ['W/"a"', 200],
    [DATE, 206],
    [BEFORE, 200],
    [AFTER, 200],
    ["yesterday", 200],
  ])("sends a part only of the state that If-Range names: %s, %i", (ifRange, status) => {
    expect(evaluateConditions("GET", { range: "bytes=0-1", "if-range": ifRange }, FOUND).status).toBe(status);
  });

  it("answers 304 before it sends a part", () => {
    expect(evaluateConditions("GET", { range: "bytes=0-1", "if-none-match": '"a"' }, FOUND)).toEqual({ status: 304 });
  });
});

describe("the coding of an answer", () => {
  it.each([
    [undefined, undefined],
    ["", undefined],
    ["identity", undefined],
    ["gzip", "gzip"],
    ["GZIP", "gzip"],
    ["gzip, br", "br"],
    ["gzip;q=0.9, br;q=0.8", "gzip"],
    ["br;q=0, gzip;q=0.1", "gzip"],
    ["br; q=0.000, gzip;q=0", undefined],
    ["gzip;q=x", undefined],
    ["gzip; q = 0.5", "gzip"],
    ["xgzip, deflate", undefined],
  ])("for %j is %s", (header, coding) => {
    expect(preferredCoding(header)).toBe(coding);
  });
});
