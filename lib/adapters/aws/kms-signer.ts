import { createHash, createPublicKey } from "node:crypto";
import { GetPublicKeyCommand, KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { calculateJwkThumbprint } from "jose";
import type { Signer } from "../../ports/ports.ts";
import { CLIENT_LIMITS } from "./client-limits.ts";

/** Converts KMS's ASN.1 `SEQUENCE { r INTEGER, s INTEGER }` to the 64 bytes of JOSE (RFC 7518, 3.4). */
function joseSignature(der: Uint8Array): Uint8Array {
  const bytes = Buffer.from(der);
  const integer = (at: number): { value: Buffer; end: number } => {
    const length = bytes[at + 1] as number;
    if (bytes[at] !== 0x02 || length > 33) throw new Error("Not an ECDSA signature over P-256");
    return { value: bytes.subarray(at + 2, at + 2 + length), end: at + 2 + length };
  };
  if (bytes[0] !== 0x30) throw new Error("Not an ECDSA signature");
  const r = integer(2);
  const s = integer(r.end);
  const padded = (value: Buffer): Buffer => {
    const digits = value.subarray(Math.max(0, value.length - 32));
    return Buffer.concat([Buffer.alloc(32 - digits.length), digits]);
  };
  return Buffer.concat([padded(r.value), padded(s.value)]);
}

/** Signs with a key in KMS (ECC_NIST_P256, SIGN_VERIFY). */
export async function kmsSigner(keyId: string, client = new KMSClient(CLIENT_LIMITS)): Promise<Signer> {
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  const jwk = createPublicKey({ key: Buffer.from(PublicKey as Uint8Array), format: "der", type: "spki" }).export({ format: "jwk" });
  if (jwk.kty !== "EC" || jwk.crv !== "P-256" || !jwk.x || !jwk.y) throw new Error(`${keyId} is not a key for ES256 (ECC_NIST_P256)`);
  const { x, y } = jwk;
  const kid = await calculateJwkThumbprint({ kty: "EC", crv: "P-256", x, y });
  return {
    publicKey: { kty: "EC", crv: "P-256", x, y, kid, use: "sig", alg: "ES256" },
    async sign(bytes) {
      const digest = createHash("sha256").update(bytes).digest();
      const { Signature } = await client.send(
        new SignCommand({ KeyId: keyId, Message: digest, MessageType: "DIGEST", SigningAlgorithm: "ECDSA_SHA_256" }),
      );
      return joseSignature(Signature as Uint8Array);
    },
  };
}
