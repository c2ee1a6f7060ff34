import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { memoryAliases } from "../../../lib/adapters/memory/memory-aliases.ts";
import { edgeServer } from "../../../lib/edge/edge-server.ts";
import { scratch, write } from "../../scratch.ts";
import { listening } from "../../servers/servers.ts";
import { synthHere } from "../../servers/synth.ts";

interface Policy {
  CorsConfig: {
    AccessControlAllowOrigins: { Items: string[] };
    AccessControlAllowMethods: { Items: string[] };
    AccessControlAllowHeaders: { Items: string[] };
    AccessControlExposeHeaders: { Items: string[] };
    AccessControlMaxAgeSec: number;
    AccessControlAllowCredentials: boolean;
    OriginOverride: boolean;
  };
  SecurityHeadersConfig: {
    ContentSecurityPolicy: { ContentSecurityPolicy: string };
    ReferrerPolicy: { ReferrerPolicy: string };
  };
}

let policy: Policy;
let base: string;
beforeAll(() => {
  const resources = Object.values(synthHere().Resources);
  const [found] = resources.filter(({ Type }) => Type === "AWS::CloudFront::ResponseHeadersPolicy");
  policy = found?.Properties["ResponseHeadersPolicyConfig"] as Policy;
});
beforeEach(async () => {
  const root = await scratch();
  await write(root, { "d/1.0.0/t.csv": "id", "pages/d/index.html": "<p>", "pages/404.html": "<p>" });
  const aliases = memoryAliases(
    new Map([
      ["d/mark", "{}"],
      ["d/1.0.0", "released"],
      ["d/latest", "1.0.0"],
    ]),
  );
  const { port, close } = await listening(edgeServer({ root, aliases }));
  base = `http://127.0.0.1:${port}`;
  return close;
});

/** The CDN sends those of CORS with responses to CORS requests only: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html */
const cors = (): Record<string, string> => ({
  "access-control-allow-origin": policy.CorsConfig.AccessControlAllowOrigins.Items.join(", "),
  "access-control-expose-headers": policy.CorsConfig.AccessControlExposeHeaders.Items.join(", "),
});
const always = (): Record<string, string> => ({
  "content-security-policy": policy.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy,
  "referrer-policy": policy.SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy,
  "x-content-type-options": "nosniff",
});
const preflight = (): Record<string, string> => ({
  "access-control-allow-methods": policy.CorsConfig.AccessControlAllowMethods.Items.join(", "),
  "access-control-allow-headers": policy.CorsConfig.AccessControlAllowHeaders.Items.join(", "),
  "access-control-max-age": String(policy.CorsConfig.AccessControlMaxAgeSec),
});

describe("the local edge sends the headers that the CDN's policy adds", () => {
  /** Every response to `*` is the same, so none varies by origin. Files that the CDN compresses vary by encoding. */
  const VARIES = [undefined, "Accept-Encoding"];
  const corsIn = (headers: Headers): object => Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control-")));

  it.each([
    ["a file", "/d/1.0.0/t.csv", 200, false],
    ["a page", "/d/", 200, false],
    ["a redirect", "/d/latest/t.csv", 302, true],
    ["a version that is missing", "/d/2.0.0/t.csv", 404, true],
    ["a file that is missing", "/d/1.0.0/other.csv", 404, false],
  ])("to a request for %s, of another site or not", async (_what, path, status, isOfFunction) => {
    const ask = (headers: Record<string, string>, method = "GET") => fetch(base + path, { method, headers, redirect: "manual" });
    for (const method of ["GET", "HEAD"])
      for (const origin of [undefined, "https://example.org", "null"]) {
        const { status: answered, headers } = await ask(origin === undefined ? {} : { origin }, method);
        expect(answered).toBe(status);
        expect(Object.fromEntries(headers)).toMatchObject(always());
        // The edge function sends them with its own responses, to any client.
        expect(corsIn(headers)).toEqual(origin === undefined && !isOfFunction ? {} : cors());
        expect(headers.has("access-control-allow-credentials")).toBe(policy.CorsConfig.AccessControlAllowCredentials);
        expect(VARIES).toContain(headers.get("vary") ?? undefined);
      }
  });

  it("to a preflight request, with what such a request may send", async () => {
    const asked = { origin: "https://example.org", "access-control-request-method": "GET", "access-control-request-headers": "range" };
    const { status, headers } = await fetch(`${base}/d/latest/t.csv`, { method: "OPTIONS", headers: asked });
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject(always());
    expect(corsIn(headers)).toEqual({ ...cors(), ...preflight() });
    expect(headers.get("vary")).toBeNull();
    // The policy overrides what the origin sends, so S3 cannot answer otherwise.
    expect(policy.CorsConfig.OriginOverride).toBe(true);
  });
});
