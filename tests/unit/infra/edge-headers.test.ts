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

/** As the CDN sends them: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html */
const always = (): Record<string, string> => ({
  "access-control-allow-origin": policy.CorsConfig.AccessControlAllowOrigins.Items.join(", "),
  "access-control-expose-headers": policy.CorsConfig.AccessControlExposeHeaders.Items.join(", "),
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
  it.each([
    ["a file", "/d/1.0.0/t.csv", 200],
    ["a page", "/d/", 200],
    ["a redirect", "/d/latest/t.csv", 302],
    ["a version that is missing", "/d/2.0.0/t.csv", 404],
    ["a file that is missing", "/d/1.0.0/other.csv", 404],
  ])("to a request of another site for %s", async (_what, path, status) => {
    const { status: answered, headers } = await fetch(base + path, { headers: { origin: "https://example.org" }, redirect: "manual" });
    expect(answered).toBe(status);
    expect(Object.fromEntries(headers)).toMatchObject(always());
  });

  it("to a preflight request, with what such a request may send", async () => {
    const asked = { origin: "https://example.org", "access-control-request-method": "GET", "access-control-request-headers": "range" };
    const { status, headers } = await fetch(`${base}/d/latest/t.csv`, { method: "OPTIONS", headers: asked });
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({ ...always(), ...preflight() });
  });
});
