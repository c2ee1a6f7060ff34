import { describe, expect, it } from "vitest";
import type { ReleaseFolder } from "../../../lib/ports/ports.ts";
import { sha256 } from "../../../lib/ports/sha256.ts";
import { manifestText } from "../../../lib/release/manifest-text.ts";
import { tombstoneText } from "../../../lib/release/tombstone-text.ts";
import { verifyRelease } from "../../../lib/verify/verify-release.ts";
import { Branch } from "../../protocol/world.ts";
import { makeSigner, publishSigned, refusalOf } from "../../trust/signed-world.ts";

const folderOf = (files: ReadonlyMap<string, Uint8Array>): ReleaseFolder => ({
  bytes: async (name) => files.get(name),
  async *read(name) {
    const bytes = files.get(name);
    if (!bytes) throw new Error(`no ${name}`);
    yield bytes;
  },
});

const w = await publishSigned(new Branch().push({ records: { a: "1" } }, { records: { a: "2" } }));
/** The files of a release, some of them replaced (undefined: deleted). */
function filesWith(changed: Record<string, string | undefined> = {}): Map<string, Uint8Array> {
  const start = "d/1.0.1/";
  const files = new Map(
    [...w.objects].flatMap(([key, bytes]) => (key.startsWith(start) ? [[key.slice(start.length), bytes] as const] : [])),
  );
  for (const [name, text] of Object.entries(changed))
    if (text === undefined) files.delete(name);
    else files.set(name, Buffer.from(text));
  return files;
}
const verify = (changed?: Record<string, string | undefined>, more: object = {}) => {
  const files = filesWith(changed);
  return verifyRelease({ folder: folderOf(files), names: [...files.keys()], ...more });
};
/** The files with another datapackage.json, and a matching manifest. */
function described(change: (about: Record<string, unknown>) => unknown): Record<string, string> {
  const files = filesWith();
  const about = change(JSON.parse(Buffer.from(files.get("datapackage.json") as Uint8Array).toString()) as Record<string, unknown>);
  files.set("datapackage.json", Buffer.from(typeof about === "string" ? about : JSON.stringify(about)));
  const listed = [...files].filter(([name]) => !name.startsWith("SHA256SUMS")).map(([name, bytes]) => ({ name, sha256: sha256(bytes) }));
  return { "datapackage.json": Buffer.from(files.get("datapackage.json") as Uint8Array).toString(), SHA256SUMS: manifestText(listed) };
}

describe("verifyRelease", () => {
  it("returns its identity and counts, and notes that its signature was not checked", async () => {
    const files = filesWith();
    const read = [...files].filter(([name]) => !name.startsWith("SHA256SUMS"));
    expect(await verify()).toEqual({
      name: "d",
      version: "1.0.1",
      releases: 1,
      files: read.length,
      bytes: read.reduce((sum, [, { length }]) => sum + length, 0),
      unsigned: [],
      removed: [],
      keys: [],
      notes: [
        "Signed, but not checked: no keys given.",
        "Only this release was checked. The hash of its SHA256SUMS in releases.json says whether others got the same.",
      ],
      uncompared: [],
    });
  });

  it("names the key that signed it, if trusted", async () => {
    const { keys, notes, unsigned } = await verify({}, { keys: w.signer.keys, dataset: "d", version: "1.0.1" });
    expect([keys, notes.length, unsigned]).toEqual([[w.signer.publicKey.kid], 1, []]);
    expect(await verify({ "SHA256SUMS.jws": undefined })).toMatchObject({ unsigned: ["1.0.1"], keys: [], notes: [expect.anything()] });
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      "it is not signed, and must be",
      () => verify({ "SHA256SUMS.jws": undefined }, { keys: w.signer.keys }),
      /^SHA256SUMS\.jws is missing/,
    ],
    ["it is of another dataset", () => verify({}, { dataset: "e" }), /has name d, not e as requested/],
    ["it is of another version", () => verify({}, { version: "1.0.0" }), /has version 1\.0\.1, not 1\.0\.0 as requested/],
    ["a file is not listed", () => verify({ "more.csv": "x" }), /^more\.csv is not part of the release/],
    [
      "a file was changed",
      () => verify({ "t.csv": "x" }),
      /^t\.csv was changed: its SHA-256 is [0-9a-f]{64}, but SHA256SUMS names [0-9a-f]{64}/,
    ],
    ["a file is missing", () => verify({ "t.csv": undefined }), /^t\.csv is missing$/],
    ["the manifest is missing", () => verify({ SHA256SUMS: undefined }), /^SHA256SUMS is missing$/],
    ["the manifest is invalid", () => verify({ SHA256SUMS: "x" }), /^SHA256SUMS is not a list/],
    [
      "the manifest does not list the package",
      () => verify({ SHA256SUMS: `${"a".repeat(64)}  t.csv\n` }),
      /does not list datapackage\.json/,
    ],
    ["its description is not JSON", () => verify(described(() => "{")), /^datapackage\.json is not JSON$/],
    ["its description is a list", () => verify(described(() => [])), /^datapackage\.json is not a JSON object$/],
    ["its description is null", () => verify(described(() => null)), /^datapackage\.json is not a JSON object$/],
    ["its description names no files", () => verify(described((about) => ({ ...about, resources: {} }))), /names no files$/],
    [
      "its description names a file that does not exist",
      () => verify(described((about) => ({ ...about, resources: [{ path: "x.csv", hash: "sha256:0" }] }))),
      /names another hash of x\.csv than SHA256SUMS/,
    ],
    [
      "its description has null for a file",
      () => verify(described((about) => ({ ...about, resources: [null] }))),
      /another hash of undefined/,
    ],
    [
      "its description names another hash",
      () =>
        verify(
          described((about) => ({ ...about, resources: (about["resources"] as object[]).map((one) => ({ ...one, hash: "sha256:0" })) })),
        ),
      /names another hash of/,
    ],
  ])("fails when %s", async (_what, work, message) => {
    expect(await refusalOf(work())).toMatch(message);
  });

  it("rethrows errors that are not about the release", async () => {
    const files = filesWith();
    const folder: ReleaseFolder = {
      ...folderOf(files),
      read: () => {
        throw new Error("the network is down");
      },
    };
    await expect(verifyRelease({ folder })).rejects.toThrow("the network is down");
  });

  it("does not trust another key", async () => {
    const other = await makeSigner();
    expect(await refusalOf(verify({}, { keys: other.keys }))).toMatch(/which is not among the public keys/);
  });
});

describe("verifyRelease of a removed release", () => {
  const kept = new Set(["SHA256SUMS", "SHA256SUMS.jws", "datapackage.json"]);
  const buried = (text: string): Record<string, string> =>
    Object.fromEntries([...filesWith().keys()].filter((name) => !kept.has(name)).map((name) => [name, text]));
  const tombstone = tombstoneText("1.0.1", "a court");

  it("reports that the files were replaced, the reason, and that the removal is not confirmed", async () => {
    const count = filesWith().size - kept.size;
    expect(await verify(buried(tombstone))).toMatchObject({
      version: "1.0.1",
      removed: ["1.0.1"],
      files: 1,
      uncompared: [expect.stringContaining(`${count} files were replaced by a note that the publisher removed them (a court)`)],
    });
  });

  it("accepts files that are deleted, or still unchanged", async () => {
    const gone = await verify({ ...buried(tombstone), "t.csv": undefined });
    expect(gone.removed).toEqual(["1.0.1"]);
    const partly = await verify({ "schema.json": tombstone });
    expect(partly.files).toBe(filesWith().size - 3);
  });

  it("fails when a removed file was replaced with other content, or a kept file was changed", async () => {
    expect(await refusalOf(verify({ ...buried(tombstone), "t.csv": tombstoneText("1.0.1", "another") }))).toBe(
      "t.csv is neither the removed file nor its tombstone",
    );
    expect(await refusalOf(verify({ ...buried(tombstone), "datapackage.json": "{}" }))).toMatch(
      /^datapackage\.json was changed: its SHA-256/,
    );
    expect(await refusalOf(verify(buried(tombstoneText("1.0.0", "a court"))))).toMatch(/has version 1\.0\.1, not 1\.0\.0 as requested/);
  });
});
