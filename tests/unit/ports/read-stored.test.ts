import { describe, expect, it } from "vitest";
import { directoryStore } from "../../../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../../../lib/adapters/folder/file-aliases.ts";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { releaseSide } from "../../../lib/build/release-side.ts";
import { DamagedFileError } from "../../../lib/ports/damaged-file-error.ts";
import { parseRecordLine } from "../../../lib/ports/parse-record-line.ts";
import { readStoredChanges, readStoredPackage, readStoredTables } from "../../../lib/ports/read-stored.ts";
import { storedRelease } from "../../../lib/ports/stored-release.ts";
import { projectHome } from "../../../lib/render/project-home.ts";
import { publishedDatasetNames } from "../../../lib/render/published-dataset-names.ts";
import { readSite } from "../../../lib/render/site.ts";
import { scratch, write } from "../../scratch.ts";

const PACKAGE = { name: "small", title: "Small", description: "Rivers.", licenses: [{ name: "CC0-1.0" }], resources: [] };
const RESOURCE = { path: "a.csv", bytes: 1, hash: "sha256:0" };
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

describe("a damaged stored file is reported with its name, line and defect", () => {
  it.each<[string, unknown, RegExp]>([
    ["nothing", "", /^x is damaged in line 1: /],
    ["half of it", '{"name":\n', /^x is damaged in line \d: /],
    ["null", "null", /^x is damaged/],
    ["a number", "5", /^x is damaged/],
    ["a list", "[]", /^x is damaged/],
    ["bytes that are no text", Buffer.from([0xff, 0xfe]), /^x is damaged: The file is not UTF-8/],
    ["brackets without end", "[".repeat(1_000), /^x is damaged/],
    ["no files", { ...PACKAGE, resources: null }, /^x is damaged/],
    ["a file that is nothing", { ...PACKAGE, resources: [null] }, /^x is damaged/],
    ["a file without a name", { ...PACKAGE, resources: [{ ...RESOURCE, path: 5 }] }, /^x is damaged/],
    ["columns that are none", { ...PACKAGE, resources: [{ ...RESOURCE, schema: { fields: [null] } }] }, /^x is damaged/],
    ["a title that is none", { ...PACKAGE, title: null }, /^x is damaged/],
    ["a licence that is none", { ...PACKAGE, licenses: [null] }, /^x is damaged/],
    ["a date that is none", { ...PACKAGE, created: "soon" }, /^x is damaged/],
    ["keywords that are none", { ...PACKAGE, keywords: "rivers" }, /^x is damaged/],
  ])("datapackage.json: %s", (_what, value, says) => {
    const read = (): unknown => readStoredPackage("x", value instanceof Uint8Array ? value : bytes(value));
    expect(read).toThrow(says);
    expect(read).toThrow(DamagedFileError);
  });

  it("accepts valid files, and unknown properties", () => {
    const found = { ...PACKAGE, resources: [RESOURCE], layout: 7, other: null };
    expect(readStoredPackage("x", bytes(found))).toEqual(found);
    expect(readStoredTables("x", bytes({ properties: { a: {} } }))).toEqual({ properties: { a: {} } });
    expect(readStoredChanges("x", bytes({ tables: { a: { added: [{}] } } })).tables).toEqual({ a: { added: [{}] } });
  });

  it.each([null, 5, [], { properties: [] }, { properties: { a: null } }])("schema.json: %j", (value) => {
    expect(() => readStoredTables("x", bytes(value))).toThrow(DamagedFileError);
  });

  it.each([null, [], { tables: [] }, { tables: { a: null } }, { tables: { a: { added: [null] } } }, { schema: {} }])(
    "changes.json: %j",
    (value) => {
      expect(() => readStoredChanges("x", bytes(value))).toThrow(DamagedFileError);
    },
  );

  it.each(["null", "5", "[]", "{", ""])("a line of records: %j", (line) => {
    expect(() => parseRecordLine(line)).toThrow(new DamagedFileError(`A line of NDJSON is not a record: ${JSON.stringify(line)}`));
  });

  it.each(["null", "5", '{"url":5}', '{"url":"javascript:x"}', '{"repository":5}', "{"])("pages/site.json: %s", async (text) => {
    await expect(readSite(memoryStore(new Map([["pages/site.json", bytes(text)]])))).rejects.toBeInstanceOf(DamagedFileError);
  });

  it.each(["null", "{}", "[5]", "["])(".factpress/datasets.json: %s", async (text) => {
    const store = memoryStore(new Map([[".factpress/datasets.json", bytes(text)]]));
    await expect(publishedDatasetNames(store)).rejects.toBeInstanceOf(DamagedFileError);
    await expect(projectHome(store, ["small"])).rejects.toBeInstanceOf(DamagedFileError);
  });

  it.each(["null", "[]", '{"a":5}', "{"])(".factpress/aliases.json: %s", async (text) => {
    const root = await scratch();
    await write(root, { ".factpress/aliases.json": text });
    await expect(fileAliases(directoryStore(root)).get("a")).rejects.toBeInstanceOf(DamagedFileError);
  });

  it("the folder of a release that lacks a file, or has an unknown file", async () => {
    const release = (files: Record<string, unknown>) =>
      releaseSide(storedRelease(memoryStore(new Map(Object.entries(files).map(([name, value]) => [`r/${name}`, bytes(value)]))), "r"), "r");
    await expect(release({})).rejects.toThrow(new DamagedFileError("r/datapackage.json is missing"));
    await expect(release({ "datapackage.json": {} })).rejects.toThrow(/^r\/datapackage\.json is damaged in line 1/);
    await expect(release({ "datapackage.json": PACKAGE, "schema.json": null })).rejects.toThrow(/^r\/schema\.json is damaged in line 1/);
    await expect(release({ "datapackage.json": PACKAGE, "schema.json": { properties: { "../x": {} } } })).rejects.toThrow(
      /^r is not a release: /,
    );
  });
});
