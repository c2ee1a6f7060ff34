import { expect, it } from "vitest";
import { otherFileKind } from "../../../../lib/adapters/folder/other-file-kind.ts";
import { decodeWindows1252 } from "../../../../lib/diagnostics/decode-windows1252.ts";

const CSV = "id,name\na1,Zürich\na2,Genève\n";
const utf16 = (bigEndian = false): Buffer => (bigEndian ? Buffer.from(CSV, "utf16le").swap16() : Buffer.from(CSV, "utf16le"));

it.each<[string, Buffer | string, RegExp]>([
  ["a workbook", Buffer.from("504b0304140000", "hex"), /^This is a workbook .*save as "CSV UTF-8"\.$/],
  ["an old workbook", Buffer.from("d0cf11e0a1b1", "hex"), /^This is an old Excel workbook/],
  ["a PDF", "%PDF-1.7\n", /^This is a PDF, not a CSV/],
  ["gzip", Buffer.from("1f8b0800", "hex"), /^This is compressed \(gzip\)\. .*gunzip/],
  ["UTF-32", Buffer.from("fffe000069000000", "hex"), /^This is UTF-32, not UTF-8/],
  ["UTF-16 with its mark", Buffer.concat([Buffer.from("fffe", "hex"), utf16()]), /^This is UTF-16, not UTF-8/],
  ["UTF-16 without its mark", utf16(), /^This is UTF-16, not UTF-8/],
  ["UTF-16 of the other order", utf16(true), /^This is UTF-16, not UTF-8/],
  ["a web page", "\ufeff\n<!DOCTYPE html><title>Sign in</title>", /^This is a web page, not a CSV\. .*sign in/],
  ["a table of a web page that is called .xls", '<html xmlns:x="urn:x"><table>', /^This is a web page/],
  ["SQL", "INSERT INTO t (id, name) VALUES (1, 'Ann');", /^This is SQL/],
  ["a dump of a database", "-- MySQL dump 10.13\n", /^This is SQL/],
  ["XML", '<?xml version="1.0"?><rows/>', /^This is XML/],
  ["a list of records", '[\n  {"id": "a"}]', /^This is JSON, not a CSV/],
  ["a list of rows", "[[1,2],[3,4]]", /^This is JSON/],
  ["an object", '{"type": "FeatureCollection"}', /^This is JSON/],
  ["a pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", /Git LFS.*git lfs pull/],
])("distinguishes %s from a CSV", (_what, bytes, said) => {
  expect(otherFileKind(Buffer.from(bytes as string))).toMatch(said);
});

it.each([CSV, "\ufeffid;name\n", "[id],[name]\n", "version,n\n1.0,2\n", "<5,>6\n", "", "a\u0000b,c\nd,e,f,g,h\n", "{x},y\n"])(
  "treats %j as a CSV",
  (text) => {
    expect(otherFileKind(Buffer.from(text))).toBe(undefined);
  },
);

it("reads Windows-1252 as that, not as Latin-1", () => {
  expect(decodeWindows1252(Buffer.from([0x93, 0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68, 0x94, 0x20, 0x96, 0x20, 0x80, 0x35, 0x81]))).toBe(
    "“Zürich” – €5\u0081",
  );
});
