import { calculateJwkThumbprint } from "jose";
import type { PublicKey } from "../../release/key-set.ts";

export interface PrivateKey {
  kty: string;
  crv: string;
  x: string;
  y: string;
  d: string;
}

export async function publicKeyFrom({ kty, crv, x, y }: PrivateKey): Promise<PublicKey> {
  const kid = await calculateJwkThumbprint({ kty, crv, x, y });
  return { kty: "EC", crv: "P-256", x, y, kid, use: "sig", alg: "ES256" };
}
