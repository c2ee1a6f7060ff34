import { generateKeyPairSync, sign, verify } from "node:crypto";
import { GetPublicKeyCommand, type KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { calculateJwkThumbprint } from "jose";
import { expect, it } from "vitest";
import { kmsSigner } from "../../../../lib/adapters/aws/kms-signer.ts";

/** What KMS answers for a key: it encodes signatures in DER, as Node does. */
function kmsWith(curve: string, bytesToSign: () => Uint8Array) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: curve });
  const asked: unknown[] = [];
  const send = async (command: unknown): Promise<object> => {
    if (command instanceof GetPublicKeyCommand) return { PublicKey: publicKey.export({ format: "der", type: "spki" }) };
    asked.push(command instanceof SignCommand && command.input.SigningAlgorithm);
    return { Signature: sign("sha256", bytesToSign(), privateKey) };
  };
  return { client: { send } as unknown as KMSClient, publicKey, asked };
}

it("signatures have the 64 bytes of JOSE, regardless of the length of their numbers", async () => {
  let bytes = Buffer.from("");
  const { client, publicKey, asked } = kmsWith("P-256", () => bytes);
  const signer = await kmsSigner("alias/x", client);
  const { kty, crv, x, y } = signer.publicKey;
  expect(signer.publicKey).toMatchObject({ ...publicKey.export({ format: "jwk" }), use: "sig", alg: "ES256" });
  expect(signer.publicKey.kid).toBe(await calculateJwkThumbprint({ kty, crv, x, y }));
  // One in 128 numbers is shorter than 32 bytes.
  for (let i = 0; i < 300; i += 1) {
    bytes = Buffer.from(`SHA256SUMS ${i}`);
    const signature = await signer.sign(bytes);
    expect(signature).toHaveLength(64);
    expect(verify("sha256", bytes, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature), `${i}`).toBe(true);
  }
  expect(new Set(asked)).toEqual(new Set(["ECDSA_SHA_256"]));
});

it("fails when the key is on another curve", async () => {
  const { client } = kmsWith("P-384", () => Buffer.from(""));
  await expect(kmsSigner("alias/x", client)).rejects.toThrow("alias/x is not a key for ES256 (ECC_NIST_P256)");
});
