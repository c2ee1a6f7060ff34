import { beforeAll, describe, expect, it } from "vitest";
import type { Step } from "../../../lib/browser/step.ts";
import { type VerifyRequest, verifyRelease } from "../../../lib/browser/verify-release.ts";
import { VerificationError } from "../../../lib/browser/web-crypto.ts";
import { encodeBase64Url } from "../../../lib/release/encode-base64-url.ts";
import { parseSignedHeadFile, signedHeadFileText, signedHeadHeader, signedHeadInput } from "../../../lib/release/signed-head.ts";
import { Branch } from "../../protocol/world.ts";
import { catalogueOf, makeSigner, publishSigned, type Signed } from "../../trust/signed-world.ts";

const HEAD = ".well-known/factpress-head.json";
let w: Signed;
let unsigned: Map<string, Uint8Array>;
beforeAll(async () => {
  w = await publishSigned(new Branch().push({ records: { a: "1" } }, { records: { a: "2" } }, { records: { a: "3" } }), undefined, {
    isScheduled: false,
  });
  unsigned = new Map([...w.objects].filter(([key]) => !key.endsWith(".jws")));
});

/** Asks about a site whose files were changed (undefined: deleted). */
async function ask(
  question: Partial<VerifyRequest>,
  changed: Record<string, string | Uint8Array | undefined> = {},
  objects = w.objects,
): Promise<{ text: string; isAuthenticated: boolean; steps: Step[] }> {
  const steps: Step[] = [];
  const fetch = async (path: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const key = path.slice(1);
    const bytes = key in changed ? changed[key] : objects.get(key);
    return bytes === undefined ? undefined : new Uint8Array(Buffer.from(bytes as string));
  };
  const verdict = await verifyRelease({ dataset: "d", version: "", key: "", ...question }, fetch, (step) => steps.push(step));
  return { ...verdict, steps };
}
const refusal = (...args: Parameters<typeof ask>): Promise<string> =>
  ask(...args).then(
    ({ text }) => `accepted: ${text}`,
    (error: unknown) => {
      expect(error).toBeInstanceOf(VerificationError);
      return (error as Error).message;
    },
  );

describe("verifyRelease in the browser", () => {
  it("compares the reader's own copies with the release, under any name", async () => {
    const read = (name: string) => async () => new Uint8Array(w.objects.get(`d/1.0.1/${name}`) as Uint8Array);
    const copy = (name: string, of = name) => ({ name, read: read(of) });
    const { steps, text } = await ask({ version: "1.0.1", copies: [copy("t.csv"), copy("t (1).json", "d.json")] });
    expect(steps.map((step) => step.text)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Your file t\.csv is unchanged: [0-9a-f]{64}$/),
        expect.stringMatching(/^Your file t \(1\)\.json is d\.json: [0-9a-f]{64}$/),
      ]),
    );
    expect(text).toMatch(/^Your files are as published here\. Not authenticated: .*with 2 files of yours/);
    expect(await refusal({ version: "1.0.2", copies: [copy("t.csv")] })).toMatch(/^Your copy of t\.csv differs from the file in 1\.0\.2: /);
    expect(await refusal({ version: "1.0.2", copies: [copy("other.csv", "t.csv")] })).toMatch(
      /^Your file other\.csv is not a file of 1\.0\.2: .*\. Rows chosen on a page cannot be checked, only whole files$/,
    );
  });

  it("authenticates a release only if the reader names the key", async () => {
    const { kid } = w.signer.publicKey;
    expect(await ask({ key: kid })).toMatchObject({
      isAuthenticated: true,
      text: expect.stringMatching(
        /^No file of yours was checked\. To check one, choose it above\. The files on this site are as published here\. Authenticated: d 1\.0\.2 matches its list of hashes \(\d+ files, 3 releases back to the first\) and is signed by the key that you named\.$/,
      ),
    });
    const own = await ask({});
    expect(own).toMatchObject({
      isAuthenticated: false,
      text: expect.stringMatching(
        /^No file of yours was checked\. To check one, choose it above\. The files on this site are as published here\. Not authenticated: .* signed by .*, a key that this site names itself\..*another way/,
      ),
    });
    expect(own.steps.every(({ isOk }) => isOk)).toBe(true);
    expect(own.steps.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        `Signed by the key ${kid}`,
        expect.stringMatching(/^Follows 1\.0\.1: .*, signed$/),
        expect.stringMatching(/^Follows 1\.0\.0/),
      ]),
    );
    expect(await refusal({ key: "other" })).toMatch(/^1\.0\.2 is signed by .*, not by the key that you named$/);
  });

  it("reports that a release is not signed", async () => {
    const { isAuthenticated, text, steps } = await ask({}, {}, unsigned);
    expect([isAuthenticated, text]).toEqual([
      false,
      expect.stringMatching(
        /^No file of yours was checked\. To check one, choose it above\. The files on this site are as published here\. Not authenticated: .*but it is not signed\./,
      ),
    ]);
    expect(steps.filter(({ isOk }) => !isOk).map(({ text }) => text)).toEqual(["This release is not signed."]);
    expect(await refusal({ key: w.signer.publicKey.kid }, {}, unsigned)).toMatch(/is not signed by the key that you named, nor by another/);
    const { steps: mixed } = await ask({}, { "d/1.0.0/SHA256SUMS.jws": undefined });
    expect(mixed.filter(({ isOk }) => !isOk)).toEqual([{ isOk: false, text: expect.stringMatching(/^Follows 1\.0\.0: .*, not signed$/) }]);
  });

  it("finds the requested release", async () => {
    for (const [version, found] of [
      ["", "1.0.2"],
      ["latest", "1.0.2"],
      ["1", "1.0.2"],
      ["1.0", "1.0.2"],
      ["1.0.1", "1.0.1"],
    ] as const)
      expect((await ask({ version })).text).toContain(`d ${found} matches`);
    expect(await refusal({ version: "2" })).toBe("d has no version 2");
    expect(await refusal({ version: "9.9.9" })).toBe("d has no version 9.9.9");
    expect(await refusal({ dataset: "e" })).toBe('There is no dataset "e" here');
    expect(await refusal({ dataset: "../d" })).toBe('There is no dataset "../d" here');
  });

  it("fails when a release is served under another name or number", async () => {
    const copy = new Map(w.objects);
    for (const [key, bytes] of w.objects) if (key.startsWith("d/1.0.0/")) copy.set(key.replace("d/1.0.0", "e/9.9.9"), bytes);
    const [, , first] = catalogueOf(w.objects).releases;
    const catalogue = { dataset: "e", releases: [{ ...first, version: "9.9.9" }], withdrawn: [], removed: [] };
    expect(await refusal({ dataset: "e" }, { "e/releases.json": JSON.stringify(catalogue) }, copy)).toBe(
      "This is another release: its datapackage.json says d 1.0.0, not e 9.9.9",
    );
  });

  it.each<[string, () => Record<string, string | Uint8Array | undefined>, RegExp]>([
    ["a file was changed", () => ({ "d/1.0.2/t.csv": "x" }), /^t\.csv was changed/],
    ["a file is missing", () => ({ "d/1.0.2/t.csv": undefined }), /^\/d\/1\.0\.2\/t\.csv is missing/],
    ["a manifest is another", () => ({ "d/1.0.2/SHA256SUMS": "x" }), /not the one that releases\.json names/],
    ["an older manifest is another", () => ({ "d/1.0.0/SHA256SUMS": "x" }), /SHA256SUMS of 1\.0\.0 is not the one/],
    ["an older datapackage was changed", () => ({ "d/1.0.0/datapackage.json": "{}" }), /datapackage\.json of 1\.0\.0 was changed/],
    [
      "a signature is of another release",
      () => ({ "d/1.0.2/SHA256SUMS.jws": w.objects.get("d/1.0.1/SHA256SUMS.jws") }),
      /signature of 1\.0\.2 does not match/,
    ],
    ["a signature is not one", () => ({ "d/1.0.2/SHA256SUMS.jws": "x" }), /does not match/],
    ["keys are no list", () => ({ ".well-known/jwks.json": "{}" }), /jwks\.json is not a list of keys/],
    ["keys are not JSON", () => ({ ".well-known/jwks.json": "{" }), /jwks\.json is not JSON/],
    ["keys are missing", () => ({ ".well-known/jwks.json": undefined }), /does not match/],
    ["the catalogue is not JSON", () => ({ "d/releases.json": "{" }), /releases\.json is not JSON/],
    ["the catalogue is a number", () => ({ "d/releases.json": "1" }), /releases\.json is not a JSON object/],
    ["the catalogue is none", () => ({ "d/releases.json": "{}" }), /releases\.json is not a catalogue/],
    [
      "a version is a path",
      () => ({ "d/releases.json": JSON.stringify({ releases: [{ version: "../x" }], withdrawn: [], removed: [] }) }),
      /lists an invalid version/,
    ],
    [
      "a release in between is dropped",
      () => ({
        [HEAD]: undefined,
        "d/releases.json": JSON.stringify({
          ...catalogueOf(w.objects),
          releases: catalogueOf(w.objects).releases.filter((_, i) => i !== 1),
        }),
      }),
      /chain is broken before 1\.0\.0/,
    ],
    [
      "the first is dropped",
      () => ({
        [HEAD]: undefined,
        "d/releases.json": JSON.stringify({ ...catalogueOf(w.objects), releases: catalogueOf(w.objects).releases.slice(0, 2) }),
      }),
      /The first release names one before it/,
    ],
    [
      "the release was removed",
      () => ({ "d/releases.json": JSON.stringify({ ...catalogueOf(w.objects), removed: [{ version: "1.0.2", reason: "court" }] }) }),
      /./,
    ],
  ])("fails when %s", async (_what, changed, message) => {
    expect(await refusal({ version: "1.0.2" }, changed())).toMatch(message);
  });

  it("fails when a key is listed under the id of another", async () => {
    const {
      keys: [other],
    } = (await makeSigner()).keys;
    const renamed = { keys: [{ ...other, kid: w.signer.publicKey.kid }] };
    expect(await refusal({}, { ".well-known/jwks.json": JSON.stringify(renamed) })).toMatch(
      /does not match, or was not made with a public key/,
    );
  });

  it("reports that a release was withdrawn", async () => {
    const catalogue = { ...catalogueOf(w.objects), withdrawn: [{ version: "1.0.2", reason: "wrong", commit: null, date: null }] };
    const { steps } = await ask({ version: "1.0.2" }, { "d/releases.json": JSON.stringify(catalogue) });
    expect(steps[0]).toEqual({ isOk: false, text: "1.0.2 was withdrawn: wrong" });
  });
});

describe("the signed head, in the browser,", () => {
  const catalogue = (change: Partial<ReturnType<typeof catalogueOf>>): Record<string, string> => ({
    "d/releases.json": JSON.stringify({ ...catalogueOf(w.objects), ...change }),
  });
  const warnings = async (...args: Parameters<typeof ask>): Promise<string[]> =>
    (await ask(...args)).steps.filter(({ isOk }) => !isOk).map(({ text }) => text);

  it("reports the newest release, and as of when", async () => {
    expect((await ask({})).steps.map(({ text }) => text)).toContain(
      "The newest release as of 2025-01-01 00:00 UTC, as the signed head says.",
    );
    expect(await warnings({ version: "1.0.1" })).toEqual([
      "1.0.2 is the newest release as of 2025-01-01 00:00 UTC, as the signed head says.",
    ]);
  });

  it("is inconclusive if it is missing, does not name the dataset, or is signed by another key", async () => {
    expect(await warnings({}, { [HEAD]: undefined })).toEqual([
      "There is no signed head: a dropped release or withdrawal cannot be detected.",
    ]);
    const empty = await publishSigned(new Branch(), undefined, { isScheduled: false });
    const changed = {
      [HEAD]: empty.objects.get(HEAD),
      ".well-known/jwks.json": JSON.stringify({ keys: [w.signer.publicKey, empty.signer.publicKey] }),
    };
    expect(await warnings({}, changed)).toEqual(["The signed head of 2025-01-01 00:00 UTC does not name this dataset."]);
    expect(await warnings({ key: w.signer.publicKey.kid }, changed)).toEqual([
      `The head was signed by ${empty.signer.publicKey.kid}, not by the key that you named.`,
      "The signed head of 2025-01-01 00:00 UTC does not name this dataset.",
    ]);
  });

  it.each<[string, () => Record<string, string | undefined>, RegExp]>([
    [
      "the newest release is dropped",
      () => catalogue({ releases: catalogueOf(w.objects).releases.slice(1) }),
      /lacks what the signed head of 2025-01-01 00:00 UTC counts/,
    ],
    [
      "an entry is changed",
      () => catalogue({ releases: catalogueOf(w.objects).releases.map((entry) => ({ ...entry, date: "2020-01-01T00:00:00Z" })) }),
      /is not the catalogue that the signed head of .* names: it was changed/,
    ],
    [
      "the head is forged",
      () => ({
        [HEAD]: Buffer.from(w.objects.get(HEAD) ?? "")
          .toString()
          .replace(/"payload": "e/, '"payload": "f'),
      }),
      /The signature of the signed head does not match/,
    ],
    [
      "a part of the head is no text",
      () => ({ [HEAD]: JSON.stringify({ ...parseSignedHeadFile(w.objects.get(HEAD) as Uint8Array), signature: 5 }) }),
      /^The signed head is not a flattened JSON Web Signature$/,
    ],
    ["the head is no JSON", () => ({ [HEAD]: "<html>" }), /The signed head is not JSON/],
  ])("fails when %s", async (_what, changed, message) => {
    expect(await refusal({ version: "1.0.1" }, changed())).toMatch(message);
  });

  it("is no proof if another key than the reader's signed it", async () => {
    const other = await makeSigner();
    const { payload } = parseSignedHeadFile(w.objects.get(HEAD) as Uint8Array);
    const { kid } = other.publicKey;
    const signature = encodeBase64Url(await other.sign(signedHeadInput(kid, payload)));
    const changed = {
      [HEAD]: signedHeadFileText({ payload, protected: signedHeadHeader(kid), signature }),
      ".well-known/jwks.json": JSON.stringify({ keys: [w.signer.publicKey, other.publicKey] }),
    };
    expect(await warnings({ key: w.signer.publicKey.kid }, changed)).toEqual([
      `The head was signed by ${kid}, not by the key that you named.`,
      "The newest release as of 2025-01-01 00:00 UTC, as the signed head says.",
    ]);
    expect(await warnings({}, changed)).toEqual([]);
  });

  it("names a withdrawal that it does not cover: it is newer, or forged", async () => {
    const withdrawn = [{ version: "1.0.2", reason: "forged", commit: null, date: null }];
    expect(await warnings({ version: "1.0.2" }, catalogue({ withdrawn }))).toEqual([
      "1.0.2 was withdrawn: forged",
      expect.stringMatching(/^The withdrawal of 1\.0\.2 is not covered by the signed head of 2025-01-01 00:00 UTC\./),
    ]);
    expect(await warnings({ version: "1.0.2" }, catalogue({ withdrawn: [{ ...withdrawn[0], version: "1.0.0" } as never] }))).toEqual([
      expect.stringMatching(/^releases\.json has entries that the signed head of .+ does not cover/),
    ]);
  });

  it("is reported as expired if it should have been renewed", async () => {
    const { objects } = await publishSigned(new Branch().push({ records: { a: "1" } }), undefined, { isScheduled: true });
    expect(await warnings({}, {}, objects)).toEqual(["The signed head expired on 2025-01-04: newer releases may be withheld."]);
  });
});
