import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { KEY_SET } from "../../../lib/contract/key-set.ts";
import { detachedJws, jwsSigningInput } from "../../../lib/release/detached-jws.ts";
import { type KeySet, keySetText } from "../../../lib/release/key-set.ts";
import { ASSETS } from "../../../lib/site/assets.ts";
import { checkSignature } from "../../../lib/verify/check-signature.ts";
import { nothingVerified } from "../../../lib/verify/nothing-verified.ts";
import { readStoredKeySet } from "../../../lib/verify/read-stored-key-set.ts";
import { VerificationError } from "../../../lib/verify/verification-error.ts";
import { verifyAssets } from "../../../lib/verify/verify-assets.ts";
import { verifySignature } from "../../../lib/verify/verify-signature.ts";
import { makeSigner } from "../../trust/signed-world.ts";

const signer = await makeSigner();
const other = await makeSigner();
const input = Buffer.from("what is signed");
const signed = { kid: signer.publicKey.kid, input, signature: await signer.sign(input), over: "its payload" };
const both: KeySet = { keys: [...other.keys.keys, ...signer.keys.keys] };

describe("checkSignature", () => {
  it("accepts a signature by one of the keys", () => {
    expect(() => checkSignature("x", signed, both)).not.toThrow();
  });

  it("fails when the key is not known", () => {
    const { kid } = signed;
    for (const keys of [other.keys, { keys: [] }])
      expect(() => checkSignature("x", signed, keys)).toThrow(
        new VerificationError("x", `is signed with the key ${kid}, which is not among the public keys`),
      );
  });

  it("fails when another key is listed under the id", () => {
    const { kid } = signed;
    expect(() => checkSignature("x", signed, { keys: [{ ...other.publicKey, kid }] })).toThrow(
      new VerificationError("x", `names the key ${kid}, but another key is listed under this id`),
    );
  });

  it("fails when the input or the signature was changed", () => {
    const message = new VerificationError("x", "does not match its payload: one of the two was changed");
    expect(() => checkSignature("x", { ...signed, input: Buffer.from("what is signeD") }, both)).toThrow(message);
    const signature = Uint8Array.from(signed.signature, (byte, i) => (i === 5 ? byte ^ 1 : byte));
    expect(() => checkSignature("x", { ...signed, signature }, both)).toThrow(message);
    expect(() => checkSignature("x", { ...signed, signature: new Uint8Array(63) }, both)).toThrow(message);
  });
});

describe("verifySignature", () => {
  const manifest = Buffer.from("0  a\n");
  const folder = (text?: string) => ({
    bytes: async (name: string) => (name === "SHA256SUMS.jws" && text !== undefined ? Buffer.from(text) : undefined),
    read: () => {
      throw new Error("It reads whole files");
    },
  });
  it("returns the key, or undefined if there is no signature", async () => {
    const jws = detachedJws(signed.kid, await signer.sign(jwsSigningInput(signed.kid, manifest)));
    expect(await verifySignature(folder(jws), "d/1.0.0/", manifest, both)).toBe(signed.kid);
    expect(await verifySignature(folder(), "d/1.0.0/", manifest, both)).toBeUndefined();
    await expect(verifySignature(folder(jws), "d/1.0.0/", Buffer.from("1  a\n"), both)).rejects.toThrow(
      new VerificationError("d/1.0.0/SHA256SUMS.jws", "does not match SHA256SUMS: one of the two was changed"),
    );
    await expect(verifySignature(folder(`${jws} `), "d/1.0.0/", manifest, both)).rejects.toThrow(
      new VerificationError("d/1.0.0/SHA256SUMS.jws", "is not a detached signature as factpress writes it"),
    );
  });
});

describe("readStoredKeySet", () => {
  const stored = (text: string) => memoryStore(new Map([[KEY_SET, Buffer.from(text)]]));
  it("returns the keys of the store, which may have none", async () => {
    expect(await readStoredKeySet(stored(keySetText(both)))).toEqual(both);
    expect(await readStoredKeySet(memoryStore())).toEqual({ keys: [] });
  });

  it.each([
    ["invalid JSON", "{"],
    ["a list", "[]"],
    ["null for a key", '{"keys":[null]}'],
    ["other white space", `${keySetText(both)}\n`],
  ])("refuses %s", async (_what, text) => {
    await expect(readStoredKeySet(stored(text))).rejects.toThrow(
      new VerificationError(KEY_SET, "is not a list of keys as factpress writes it"),
    );
  });
});

describe("verifyAssets", () => {
  const objects = new Map(ASSETS.map(({ name, bytes }) => [`assets/${name}`, Buffer.from(bytes) as Uint8Array]));
  it("compares and counts every asset", async () => {
    const result = nothingVerified();
    await verifyAssets(memoryStore(objects), result);
    const bytes = ASSETS.reduce((sum, asset) => sum + asset.bytes.length, 0);
    expect(result).toEqual({ ...nothingVerified(), files: ASSETS.length, bytes });
  });

  it("fails when one is missing or was changed", async () => {
    const key = `assets/${ASSETS.at(-1)?.name}`;
    const changed = new Map([...objects, [key, Buffer.from("alert(1)")]]);
    await expect(verifyAssets(memoryStore(changed), nothingVerified())).rejects.toThrow(new VerificationError(key, "was changed"));
    changed.delete(key);
    await expect(verifyAssets(memoryStore(changed), nothingVerified())).rejects.toThrow(new VerificationError(key, "is missing"));
  });
});
