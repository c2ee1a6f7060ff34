import { describe, expect, it } from "vitest";
import { detachedJws, jwsKeyId, jwsSigningInput, parseDetachedJws } from "../../../lib/release/detached-jws.ts";
import { decodeBase64Url, encodeBase64Url } from "../../../lib/release/encode-base64-url.ts";
import { KeySetError, keySetText, parseKeySet } from "../../../lib/release/key-set.ts";

const header = (value: unknown): string => encodeBase64Url(Buffer.from(JSON.stringify(value)));
const KEY = { kty: "EC", crv: "P-256", x: "x", y: "y", kid: "k", use: "sig", alg: "ES256" } as const;

describe("a detached signature", () => {
  it("is read as it was written", () => {
    const signature = Buffer.from([1, 2, 254, 255]);
    expect(parseDetachedJws(Buffer.from(detachedJws("k", signature)))).toEqual({ kid: "k", signature });
    expect(Buffer.from(jwsSigningInput("k", Buffer.from("abc"))).toString()).toBe(
      `${header({ alg: "ES256", kid: "k", b64: false, crit: ["b64"] })}.abc`,
    );
  });

  it.each([
    ["another algorithm", header({ alg: "none", kid: "k", b64: false, crit: ["b64"] })],
    ["an encoded payload", header({ alg: "ES256", kid: "k" })],
    ["an additional field", header({ alg: "ES256", kid: "k", b64: false, crit: ["b64"], jwk: {} })],
    ["no key id", header({ alg: "ES256" })],
    ["null", header(null)],
    ["invalid JSON", encodeBase64Url(Buffer.from("{"))],
  ])("is rejected with %s in its header", (_what, text) => {
    expect(parseDetachedJws(Buffer.from(`${text}..AAAA\n`))).toBeUndefined();
  });

  it("is one line of exact base64url without a payload", () => {
    const good = detachedJws("k", Buffer.from([1]));
    expect(parseDetachedJws(Buffer.from(good))).toBeDefined();
    for (const bad of [good.trim(), `${good}\n`, good.replace("..", ".e30."), good.replace("..", "."), good.replace(/.\n$/, "R\n"), ""])
      expect(parseDetachedJws(Buffer.from(bad)), JSON.stringify(bad)).toBeUndefined();
    expect(decodeBase64Url("AQ")).toEqual(Buffer.from([1]));
    expect(decodeBase64Url("AR")).toBeUndefined();
    expect(decodeBase64Url("AQ=")).toBeUndefined();
    expect([jwsKeyId(header({ kid: 1 })), jwsKeyId(header({ kid: "a" }))]).toEqual([undefined, "a"]);
  });
});

describe("a key set", () => {
  it("is read as it was written", () => {
    expect(parseKeySet(Buffer.from(keySetText({ keys: [KEY] })))).toEqual({ keys: [KEY] });
    expect(keySetText({ keys: [] })).toBe('{\n "keys": []\n}\n');
  });

  it.each([
    ["invalid JSON", "{"],
    ["null", "null"],
    ["no list", '{"keys":{}}'],
    ["an RSA key", JSON.stringify({ keys: [{ ...KEY, kty: "RSA" }] })],
    ["another curve", JSON.stringify({ keys: [{ ...KEY, crv: "P-384" }] })],
    ["a key without an id", JSON.stringify({ keys: [{ ...KEY, kid: undefined }] })],
    ["a key without a coordinate", JSON.stringify({ keys: [{ ...KEY, y: 1 }] })],
    ["a private key", JSON.stringify({ keys: [{ ...KEY, d: "secret" }] })],
    ["null for a key", '{"keys":[null]}'],
  ])("is refused with %s", (_what, text) => {
    expect(() => parseKeySet(Buffer.from(text))).toThrow(KeySetError);
  });
});
