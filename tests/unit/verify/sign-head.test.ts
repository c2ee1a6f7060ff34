import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { HEAD_OBJECT_KEY } from "../../../lib/contract/head-object-key.ts";
import { catalogueText } from "../../../lib/release/catalogue.ts";
import type { SignedHead } from "../../../lib/release/signed-head.ts";
import { signHead } from "../../../lib/verify/sign-head.ts";
import { verifyHeadFile } from "../../../lib/verify/verify-head-file.ts";
import { Branch, type Made } from "../../protocol/world.ts";
import { catalogueOf, makeSigner, NOW, publishSigned, refusalOf, type Signed } from "../../trust/signed-world.ts";

const records = (value: string): Made => ({ records: { a: value } });
const DAY = 24 * 60 * 60 * 1000;
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const headOf = ({ objects, signer }: Signed): SignedHead => verifyHeadFile(objects.get(HEAD_OBJECT_KEY) as Uint8Array, signer.keys).head;
const sign = (w: Signed, now = NOW, isScheduled = true): Promise<void> =>
  signHead({ store: w.store, signer: w.signer, runtime: { now: () => now, generator: "1" }, isScheduled });

describe("signHead", () => {
  it("names the state of every catalogue, and the code that wrote the pages", async () => {
    const w = await publishSigned(new Branch().push(records("1"), records("2")));
    expect(headOf(w)).toEqual({
      site: null,
      issued: "2025-01-01T00:00:00Z",
      expires: "2025-01-04T00:00:00Z",
      generator: "1",
      pages: expect.stringMatching(/^[0-9a-f]{16}$/),
      datasets: { d: { releases: 2, withdrawn: 0, removed: 0, catalogue: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
  });

  it("is renewed after a day, but not earlier", async () => {
    const w = await publishSigned(new Branch().push(records("1")));
    const first = w.objects.get(HEAD_OBJECT_KEY);
    await sign(w, later(DAY - 1000));
    expect(w.objects.get(HEAD_OBJECT_KEY)).toBe(first);
    await sign(w, later(DAY));
    expect(headOf(w)).toMatchObject({ issued: "2025-01-02T00:00:00Z", expires: "2025-01-05T00:00:00Z" });
  });

  it("is written again when a catalogue grows", async () => {
    const history = new Branch().push(records("1"));
    const w = await publishSigned(history);
    await publishSigned(history.push({ ...records("1"), withdrawn: [{ version: "1.0.0", reason: "wrong" }] }), w);
    expect(headOf(w).datasets).toMatchObject({ d: { releases: 1, withdrawn: 1 } });
  });

  it("never expires without a schedule, and expires with one", async () => {
    const w = await publishSigned(new Branch().push(records("1")), undefined, { isScheduled: false });
    expect(headOf(w).expires).toBeNull();
    await sign(w, later(1000), true);
    expect(headOf(w).expires).toBe("2025-01-04T00:00:01Z");
    await sign(w, later(2 * DAY), false);
    expect(headOf(w).expires).toBe("2025-01-06T00:00:00Z");
  });

  it("refuses to sign a catalogue that was truncated or rewritten", async () => {
    const w = await publishSigned(new Branch().push(records("1"), records("2")));
    const catalogue = catalogueOf(w.objects);
    const put = (changed: object): void => void w.objects.set("d/releases.json", Buffer.from(catalogueText({ ...catalogue, ...changed })));
    put({ releases: catalogue.releases.slice(1) });
    expect(await refusalOf(sign(w))).toBe(
      "d/releases.json lists 1 release, but the signed head lists 2: a release was dropped, or this is an old copy",
    );
    put({ releases: catalogue.releases.map((entry) => ({ ...entry, date: "2024-05-05T00:00:00Z" })) });
    expect(await refusalOf(sign(w))).toMatch(/is not a later state of the catalogue in the signed head: it was rewritten/);
    w.objects.delete("d/releases.json");
    expect(await refusalOf(sign(w))).toMatch(/d\/releases\.json is missing, but the signed head lists 2/);
  });

  it("refuses a head that another key signed, unless the store lists the key", async () => {
    const w = await publishSigned(new Branch().push(records("1")));
    const other = await makeSigner();
    const strange = { store: w.store, signer: other, runtime: { now: () => NOW, generator: "1" } };
    await signHead(strange);
    expect(verifyHeadFile(w.objects.get(HEAD_OBJECT_KEY) as Uint8Array, w.signer.keys).kid).toBe(w.signer.publicKey.kid);
    w.objects.delete(".well-known/jwks.json");
    expect(await refusalOf(signHead(strange))).toMatch(/is signed with the key .*, which is not among the public keys/);
  });

  it("retries if another publisher was first, and finally gives up", async () => {
    const w = await publishSigned(new Branch().push(records("1")));
    w.objects.delete(HEAD_OBJECT_KEY);
    let refused = 2;
    const store = {
      ...w.store,
      putIfMatch: async (...args: Parameters<typeof w.store.putIfMatch>) => (refused-- > 0 ? undefined : w.store.putIfMatch(...args)),
    };
    await signHead({ store, signer: w.signer, runtime: { now: () => NOW, generator: "1" } });
    expect(headOf(w).datasets).toHaveProperty("d");
    w.objects.delete(HEAD_OBJECT_KEY);
    refused = Number.POSITIVE_INFINITY;
    await expect(signHead({ store, signer: w.signer, runtime: { now: () => NOW, generator: "1" } })).rejects.toThrow(
      /^Gave up after 100 conflicts: other runs kept replacing/,
    );
  });

  it("names no dataset before the first is published", async () => {
    const signer = await makeSigner();
    const objects = new Map<string, Uint8Array>([[".factpress/datasets.json", Buffer.from('["d"]\n')]]);
    await signHead({ store: memoryStore(objects), signer, runtime: { now: () => NOW, generator: "1" } });
    expect(verifyHeadFile(objects.get(HEAD_OBJECT_KEY) as Uint8Array, signer.keys).head.datasets).toEqual({});
  });
});
