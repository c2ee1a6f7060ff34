import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ReleaseFolder } from "../../../lib/ports/ports.ts";
import { manifestText } from "../../../lib/release/manifest-text.ts";
import { tombstoneText } from "../../../lib/release/tombstone-text.ts";
import { compareFile } from "../../../lib/verify/compare-file.ts";
import { nothingVerified } from "../../../lib/verify/nothing-verified.ts";
import { parseVerifiedJson } from "../../../lib/verify/parse-verified-json.ts";
import { readManifest } from "../../../lib/verify/read-manifest.ts";
import { VerificationError } from "../../../lib/verify/verification-error.ts";
import { verifyFiles } from "../../../lib/verify/verify-files.ts";
import { verifyIdentity } from "../../../lib/verify/verify-identity.ts";
import { verifyNoOtherFiles } from "../../../lib/verify/verify-no-other-files.ts";

type Files = Record<string, string>;

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const folderOf = (files: Files): ReleaseFolder => ({
  bytes: async (name) => (files[name] === undefined ? undefined : Buffer.from(files[name])),
  async *read(name) {
    if (files[name] === undefined) throw new Error(`There is no ${name}`);
    // In two chunks, as over a network.
    yield Buffer.from(files[name].slice(0, 1));
    yield Buffer.from(files[name].slice(1));
  },
});
const packageText = (files: Files, more: object = {}): string =>
  JSON.stringify({ resources: Object.entries(files).map(([path, text]) => ({ path, hash: `sha256:${hash(text)}` })), ...more });
/** A release with its manifest. */
const releaseOf = (files: Files, about = packageText(files)): Files => {
  const all = { ...files, "datapackage.json": about };
  return { ...all, SHA256SUMS: manifestText(Object.entries(all).map(([name, text]) => ({ name, sha256: hash(text) }))) };
};
const DATA = { "t.csv": "id\na\n", LICENSE: "free\n" };
const at = "d/1.0.0/";
const verified = (files: Files, removal?: { version: string; reasons: readonly string[] }) => {
  const tally = { files: 0, bytes: 0 };
  return verifyFiles({ folder: folderOf(files), at, ...(removal ? { removal } : {}) }, tally).then((contents) => ({ ...contents, tally }));
};

describe("verifyFiles", () => {
  it("returns the manifest and the package, and counts hashed files", async () => {
    const files = releaseOf(DATA);
    const { manifest, files: listed, about, tally } = await verified(files);
    expect(Buffer.from(manifest).toString()).toBe(files["SHA256SUMS"]);
    expect(listed.map(({ name }) => name)).toEqual(["LICENSE", "datapackage.json", "t.csv"]);
    expect(about).toEqual(JSON.parse(packageText(DATA)));
    const { SHA256SUMS: _manifest, ...hashed } = files;
    expect(tally).toEqual({ files: 3, bytes: Object.values(hashed).join("").length });
  });

  it.each<[string, Files, string]>([
    ["its manifest is missing", { ...DATA }, "d/1.0.0/SHA256SUMS is missing"],
    [
      "its manifest is damaged",
      { ...releaseOf(DATA), SHA256SUMS: "x" },
      "d/1.0.0/SHA256SUMS is not a list of hashes and file names, each name once",
    ],
    [
      "its manifest does not list datapackage.json",
      { ...DATA, SHA256SUMS: manifestText([{ name: "t.csv", sha256: hash(DATA["t.csv"]) }]) },
      "d/1.0.0/SHA256SUMS does not list datapackage.json, which names the release",
    ],
    [
      "a file was changed",
      { ...releaseOf(DATA), "t.csv": "id\nb\n" },
      `d/1.0.0/t.csv was changed: its SHA-256 is ${hash("id\nb\n")}, but SHA256SUMS names ${hash(DATA["t.csv"])}`,
    ],
    ["its package names no files", releaseOf(DATA, "{}"), "d/1.0.0/datapackage.json names no files"],
    [
      "its package names another hash",
      releaseOf(DATA, packageText({ ...DATA, "t.csv": "x" })),
      "d/1.0.0/datapackage.json names another hash of t.csv than SHA256SUMS",
    ],
    [
      "its package names a file that is not listed",
      releaseOf(DATA, packageText({ ...DATA, "u.csv": "x" })),
      "d/1.0.0/datapackage.json names another hash of u.csv than SHA256SUMS",
    ],
    [
      "its package has null for a file",
      releaseOf(DATA, JSON.stringify({ resources: [null] })),
      "d/1.0.0/datapackage.json names another hash of undefined than SHA256SUMS",
    ],
    ["its package is not JSON", releaseOf(DATA, "{"), "d/1.0.0/datapackage.json is not JSON"],
    ["its package is a list", releaseOf(DATA, "[]"), "d/1.0.0/datapackage.json is not a JSON object"],
  ])("fails when %s", async (_what, files, message) => {
    const error = await verified(files).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(VerificationError);
    expect((error as Error).message).toBe(message);
  });

  it("fails when a file is missing, but rethrows a failure to read", async () => {
    const { "t.csv": _table, ...without } = releaseOf(DATA);
    await expect(verified(without)).rejects.toThrow(new VerificationError("d/1.0.0/t.csv", "is missing"));
    const files = releaseOf(DATA);
    const broken: ReleaseFolder = {
      ...folderOf(files),
      // biome-ignore lint/correctness/useYield: It fails before.
      async *read() {
        throw new Error("The connection was reset");
      },
    };
    await expect(verifyFiles({ folder: broken, at }, { files: 0, bytes: 0 })).rejects.toThrow("The connection was reset");
  });

  it("accepts a tombstone with one of the reasons for a removal, and a missing file", async () => {
    const removal = { version: "1.0.0", reasons: ["wrong", "private"] };
    const files = releaseOf(DATA);
    for (const text of [tombstoneText("1.0.0", "wrong"), tombstoneText("1.0.0", "private"), DATA["t.csv"]])
      expect((await verified({ ...files, "t.csv": text }, removal)).files).toHaveLength(3);
    const { "t.csv": _table, LICENSE: _license, ...without } = files;
    expect((await verified(without, removal)).tally.files).toBe(1);
    for (const text of [tombstoneText("1.0.0", "other"), tombstoneText("1.0.1", "wrong"), "x"])
      await expect(verified({ ...files, "t.csv": text }, removal)).rejects.toThrow(
        new VerificationError("d/1.0.0/t.csv", "is neither the removed file nor its tombstone"),
      );
    await expect(verified({ ...files, "t.csv": tombstoneText("1.0.0", "wrong") })).rejects.toThrow("was changed");
  });

  it("rejects a tombstone in place of the package, which the hash chain needs", async () => {
    const removal = { version: "1.0.0", reasons: ["wrong"] };
    const files = { ...releaseOf(DATA), "datapackage.json": tombstoneText("1.0.0", "wrong") };
    await expect(verified(files, removal)).rejects.toThrow("d/1.0.0/datapackage.json was changed: its SHA-256 is");
  });
});

describe("readManifest", () => {
  it("returns the bytes and the listed files", async () => {
    const files = releaseOf(DATA);
    const { manifest, files: listed } = await readManifest({ folder: folderOf(files), at });
    expect(Buffer.from(manifest).toString()).toBe(files["SHA256SUMS"]);
    expect(listed).toHaveLength(3);
  });
});

describe("verifyNoOtherFiles", () => {
  it("fails when a file is neither listed nor the manifest or its signature", () => {
    const listed = [{ name: "t.csv", sha256: "0" }];
    expect(() => verifyNoOtherFiles(["t.csv", "SHA256SUMS", "SHA256SUMS.jws"], listed, at)).not.toThrow();
    expect(() => verifyNoOtherFiles(["t.csv", "u.csv"], listed, at)).toThrow(
      new VerificationError("d/1.0.0/u.csv", "is not part of the release: SHA256SUMS does not name it"),
    );
  });
});

describe("verifyIdentity", () => {
  const about = { name: "d", version: "1.0.0" };
  it("accepts the requested dataset and version, or any if none were requested", () => {
    for (const expected of [{}, { name: "d" }, { version: "1.0.0" }, { name: "d", version: "1.0.0" }])
      expect(() => verifyIdentity(about, expected, at)).not.toThrow();
  });

  it("fails for another dataset or version", () => {
    expect(() => verifyIdentity(about, { name: "e" }, at)).toThrow(
      new VerificationError("d/1.0.0/datapackage.json", "has name d, not e as requested"),
    );
    expect(() => verifyIdentity(about, { version: "1.0.1" }, "")).toThrow(
      new VerificationError("datapackage.json", "has version 1.0.0, not 1.0.1 as requested"),
    );
    expect(() => verifyIdentity({}, { version: "1.0.1" }, "")).toThrow("has version undefined, not 1.0.1");
  });
});

describe("parseVerifiedJson", () => {
  it("returns an object, and refuses everything else", () => {
    expect(parseVerifiedJson("x", Buffer.from('{"a":1}'))).toEqual({ a: 1 });
    for (const text of ["null", "1", "[]", '"a"'])
      expect(() => parseVerifiedJson("x", Buffer.from(text)), text).toThrow(new VerificationError("x", "is not a JSON object"));
    expect(() => parseVerifiedJson("x", Buffer.from("{"))).toThrow(new VerificationError("x", "is not JSON"));
  });
});

describe("compareFile", () => {
  it("returns the difference, and counts stored files", () => {
    const result = nothingVerified();
    expect(compareFile("a", Buffer.from("abc"), Buffer.from("abc"), result)).toBeUndefined();
    expect(result).toEqual({ ...nothingVerified(), files: 1, bytes: 3 });
    expect(compareFile("a", Buffer.from("abc"), Buffer.from("abcd"), result)?.message).toBe(
      "a does not match the releases: it was changed",
    );
    expect(result).toEqual({ ...nothingVerified(), files: 2, bytes: 7 });
    expect(compareFile("a", Buffer.from("abc"), undefined, result)?.message).toBe("a is missing");
    expect(result.files).toBe(2);
  });
});
