import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Call, Crash, intercept } from "./intercept.ts";
import { Reader } from "./reader.ts";
import { Branch, contents, type Means, publish, world } from "./world.ts";

/** `npm test` lets every thirteenth call fail, the suite "protocol" each of them (vitest.config.ts). */
const STEP = Number(process.env["FACTPRESS_CALL_STEP"] ?? 13);
const reason = "wrong";

describe("every call", () => {
  /** A release with all that can come with one: signature, withdrawal, removal, pages, more than fifty aliases. */
  const history = (): Branch => {
    const branch = new Branch();
    for (let i = 0; i < 4; i += 1) branch.push({ records: { a: String(i) }, date: `20${10 + i * 4}-01-01T00:00:00Z` });
    return branch.push(
      { records: {}, broken: true },
      { records: { a: "9" }, withdrawn: [{ version: "1.0.1", reason }], date: "2023-01-01T00:00:00Z" },
      { records: { a: "9" }, removed: [{ version: "1.0.0", reason }], date: "2023-02-01T00:00:00Z" },
    );
  };
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = privateKey.export({ format: "jwk" }) as { x: string; y: string };
  const signer: Means["signer"] = {
    publicKey: { kty: "EC", crv: "P-256", x, y, kid: "k", use: "sig", alg: "ES256" },
    // The same signature each time, so that whole stores can be compared.
    sign: async (bytes) => Buffer.alloc(64, bytes.length % 251),
  };

  it("may fail once, before or after it takes effect, and a rerun yields the store of an undisturbed run", async () => {
    const expected = world();
    const calls: Call[] = [];
    const record = intercept({ history: history(), store: expected.store, aliases: expected.aliases }, (call, perform) => {
      calls.push(call);
      return perform();
    });
    await publish({ ...record, signer });
    const wanted = contents(expected);
    expect(new Set(calls.map(({ name }) => name))).toEqual(
      new Set([
        "after",
        "get",
        "read",
        "list",
        "putIfAbsent",
        "putIfMatch",
        "aliases.etag",
        "aliases.get",
        "aliases.list",
        "aliases.update",
      ]),
    );
    let tried = 0;
    for (let i = 0; i < calls.length; i += STEP)
      for (const side of ["before", "after"] as const) {
        const w = world();
        const reader = new Reader(w);
        let n = 0;
        const failing = intercept({ history: history(), store: w.store, aliases: w.aliases }, async (_call, perform) => {
          const fails = n === i;
          n += 1;
          if (fails && side === "before") throw new Crash(`${i} ${side}`);
          const result = await perform();
          reader.look();
          if (fails) throw new Crash(`${i} ${side}`);
          return result;
        });
        await expect(publish({ ...failing, signer })).rejects.toThrow(Crash);
        await publish({ history: history(), ...w, signer });
        reader.look();
        expect(contents(w), `call ${i} (${calls[i]?.name} ${calls[i]?.key}) failed ${side}`).toEqual(wanted);
        tried += 1;
      }
    expect(calls.length).toBeGreaterThan(100);
    expect(tried).toBe(2 * Math.ceil(calls.length / STEP));
  });
});
