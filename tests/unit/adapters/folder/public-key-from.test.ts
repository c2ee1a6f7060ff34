import { describe, expect, it } from "vitest";
import { publicKeyFrom } from "../../../../lib/adapters/folder/public-key-from.ts";

describe("publicKeyFrom", () => {
  it("keep a public key without its private part, under its thumbprint", async () => {
    // RFC 7517, appendix A.2.
    const key = {
      ...{ kty: "EC", crv: "P-256", x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM" },
      d: "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
    };
    const { d: _, ...open } = key;
    expect(await publicKeyFrom(key)).toEqual({ ...open, kid: "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s", use: "sig", alg: "ES256" });
  });
});
