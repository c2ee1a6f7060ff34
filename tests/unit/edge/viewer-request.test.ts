import { describe, expect, it } from "vitest";
import { type EdgeRequest, type EdgeResponse, loadEdgeFunction } from "../../../lib/edge/load-edge-function.ts";

type Query = EdgeRequest["querystring"];
const ALIASES: Record<string, string> = {
  "d/mark": "m",
  "d/latest": "2.1.0",
  "d/2": "2.1.0",
  "d/2.0": "2.0.4",
  "d/2.1.0": "listed",
  "d/10.20.30": "listed",
  "d/1.0.0": "removed A court said so",
  "d/as-of": "2024-01 2024-03",
  "d/as-of/2024-01": "10 1.0.0;20 2.0.4",
  "d/as-of/2024-03": "05 2.1.0",
  "old/mark": "m",
};

async function answer(
  uri: string,
  query: Query = {},
  method = "GET",
  aliases = ALIASES,
  headers: EdgeRequest["headers"] = {},
): Promise<EdgeRequest | EdgeResponse> {
  const handler = loadEdgeFunction(async (key) => aliases[key]);
  const answered = await handler({ method, uri, querystring: query, headers });
  return JSON.parse(JSON.stringify(answered)) as EdgeRequest | EdgeResponse;
}

const text = async (uri: string): Promise<[number, string | undefined]> => {
  const { statusCode, body } = (await answer(uri)) as EdgeResponse;
  return [statusCode, body?.data];
};
const location = async (uri: string, query?: Query): Promise<string | undefined> => {
  const { statusCode, headers } = (await answer(uri, query)) as EdgeResponse;
  expect([statusCode, headers["cache-control"]?.value]).toEqual([302, "public, max-age=60"]);
  return headers["location"]?.value;
};

describe("a request that passes to the store", () => {
  it.each([
    ["/", "/pages/index.html"],
    // The default root object of the distribution, if CloudFront puts it in before the function.
    ["/pages/index.html", "/pages/index.html"],
    ["/robots.txt", "/pages/robots.txt"],
    ["/sitemap.xml", "/pages/sitemap.xml"],
    ["/site.json", "/pages/site.json"],
    ["/verify/", "/pages/verify/index.html"],
    ["/assets/page.js", "/assets/page.js"],
    ["/.well-known/jwks.json", "/.well-known/jwks.json"],
    ["/d/releases.json", "/d/releases.json"],
    ["/d/feed.xml", "/d/feed.xml"],
    ["/d/", "/pages/d/index.html"],
    ["/d/2.1.0/", "/pages/d/2.1.0/index.html"],
    ["/d/2.1.0/levels.csv", "/d/2.1.0/levels.csv"],
    ["/d/10.20.30/a/b.csv", "/d/10.20.30/a/b.csv"],
    ["/d/explorer/2.1.0.json", "/pages/d/explorer/2.1.0.json"],
    ["/d/rivers/a-b/", "/pages/d/rivers/a-b/index.html"],
    ["/d/rivers/", "/pages/d/rivers/index.html"],
    ["/d/rivers/a-b/card.png", "/pages/d/rivers/a-b/card.png"],
    ["/d/2.1.0/card.png", "/pages/d/2.1.0/card.png"],
    ["/d/2.1.0/a/card.png", "/d/2.1.0/a/card.png"],
    ["/d/1.0.0/", "/pages/d/1.0.0/index.html"],
    ["/d/1.0.0/SHA256SUMS", "/d/1.0.0/SHA256SUMS"],
    ["/d/1.0.0/datapackage.json", "/d/1.0.0/datapackage.json"],
  ])("%s reads %s, regardless of the query", async (uri, read) => {
    for (const method of ["GET", "HEAD"])
      expect(await answer(uri, { q: { value: "1" } }, method)).toEqual({ method, uri: read, querystring: {}, headers: {} });
  });
});

describe("a redirect", () => {
  it.each([
    ["/d", "/d/"],
    ["/nothing", "/nothing/"],
    ["/d/2.1.0", "/d/2.1.0/"],
    ["/d/latest", "/d/2.1.0/"],
    ["/d/latest/", "/d/2.1.0/"],
    ["/d/latest/levels.csv", "/d/2.1.0/levels.csv"],
    ["/d/2/a/b.csv", "/d/2.1.0/a/b.csv"],
    ["/d/2.0/x", "/d/2.0.4/x"],
    ["/d/as-of/2024-01-10/x", "/d/1.0.0/x"],
    ["/d/as-of/2024-01-19/x", "/d/1.0.0/x"],
    ["/d/as-of/2024-01-20/x", "/d/2.0.4/x"],
    ["/d/as-of/2024-01-31/", "/d/2.0.4/"],
    ["/d/as-of/2024-03-05", "/d/2.1.0/"],
    ["/d/as-of/2024-04-01/x", "/d/2.1.0/x"],
    ["/d/as-of/9999-12-31/x", "/d/2.1.0/x"],
  ])("redirects %s to %s", async (uri, to) => {
    expect(await location(uri)).toBe(to);
  });

  it("leads to the newest release for today", async () => {
    const today = new Date().toISOString().slice(0, 10);
    const aliases = { ...ALIASES, "d/as-of": `2024-01 ${today.slice(0, 7)}`, [`d/as-of/${today.slice(0, 7)}`]: "01 1.0.0" };
    expect((await answer(`/d/as-of/${today}/x`, {}, "GET", aliases)) as EdgeResponse).toMatchObject({
      headers: { location: { value: "/d/2.1.0/x" } },
    });
  });

  it.each<[Query, string]>([
    [{}, ""],
    [{ a: { value: "1" } }, "?a=1"],
    [{ a: { value: "1" }, b: { value: "" } }, "?a=1&b"],
    [{ a: { value: "1", multiValue: [{ value: "1" }, { value: "2" }] } }, "?a=1&a=2"],
  ])("keeps the query %j", async (query, kept) => {
    expect(await location("/d", query)).toBe(`/d/${kept}`);
    expect(await location("/d/latest/x", query)).toBe(`/d/2.1.0/x${kept}`);
    expect(await location("/d/2.1.0", query)).toBe(`/d/2.1.0/${kept}`);
  });
});

describe("an answer without a file", () => {
  const NEWEST = "The newest version is 2.1.0: /d/2.1.0/\nAll versions: /d/releases.json\n";
  it.each([
    ["/d/3/x", `There is no version 3 of d. ${NEWEST}`],
    ["/d/9.9.9/x", `There is no version 9.9.9 of d. ${NEWEST}`],
    ["/d/v1/x", `There is no v1 of d. ${NEWEST}`],
    ["/d/2.1.0.1/x", `There is no 2.1.0.1 of d. ${NEWEST}`],
    ["/d/a2.1.0/x", `There is no a2.1.0 of d. ${NEWEST}`],
    ["/d/rivers/x", `There is no rivers of d. ${NEWEST}`],
    ["/d/rivers/a-b/card.png.html", `There is no rivers of d. ${NEWEST}`],
    ["/d/rivers/card.png", `There is no rivers of d. ${NEWEST}`],
    ["/d/rivers/a-b/discard.png", `There is no rivers of d. ${NEWEST}`],
    ["/d/card.png", `There is no card.png of d. ${NEWEST}`],
    ["/d/rivers", `There is no rivers of d. ${NEWEST}`],
    ["/d/1rivers/", `There is no 1rivers of d. ${NEWEST}`],
    ["/d/1rivers/x/", `There is no 1rivers of d. ${NEWEST}`],
    ["/d/7/x/", `There is no version 7 of d. ${NEWEST}`],
    ["/d/as-of/2024-01-09/x", `There is no release as of 2024-01-09 of d. ${NEWEST}`],
    ["/d/as-of/2024-02-05/x", `There is no release as of 2024-02-05 of d. ${NEWEST}`],
    ["/d/as-of/2024-02-30/x", `There is no as-of of d. ${NEWEST}`],
    ["/d/as-of/2024-1-09/x", `There is no as-of of d. ${NEWEST}`],
    ["/d/as-of/x2024-01-10/x", `There is no as-of of d. ${NEWEST}`],
    ["/d/as-of/2024-01-10x/x", `There is no as-of of d. ${NEWEST}`],
    ["/d/as-of/2024-13-01/x", `There is no as-of of d. ${NEWEST}`],
    ["/d/as-of", `There is no as-of of d. ${NEWEST}`],
    ["/d/levels/2024-01-10/x", `There is no levels of d. ${NEWEST}`],
    ["/d//x", `There is no  of d. ${NEWEST}`],
    ["/nothing/", "There is no dataset of that name here. The datasets: /\n"],
    ["/nothing/rivers/", "There is no dataset of that name here. The datasets: /\n"],
    ["/nothing/rivers/a/", "There is no dataset of that name here. The datasets: /\n"],
    ["/nothing/as-of/2024-01-10/x", "There is no dataset of that name here. The datasets: /\n"],
    ["/pages/small/index.html", "There is no dataset of that name here. The datasets: /\n"],
    ["/.factpress/aliases.json", "There is no dataset of that name here. The datasets: /\n"],
  ])("is 404 for %s", async (uri, says) => {
    expect(await text(uri)).toEqual([404, says]);
    expect((await answer(uri)) as EdgeResponse).toMatchObject({
      headers: { "cache-control": { value: "public, max-age=10" }, "content-type": { value: "text/plain; charset=utf-8" } },
      body: { encoding: "text" },
    });
  });

  it("is 404 for the page of a dataset without one", async () => {
    expect(await text("/gone/")).toEqual([404, "There is no dataset of that name here. The datasets: /\n"]);
    expect(((await answer("/d/", {}, "GET", { "d/latest": "1.0.0" })) as EdgeResponse).body?.data).toContain("There is no page of d. ");
  });

  it.each(["/nothing/", "/d/9.9.9/", "/d/9.9.9/x.csv", "/d/7/", "/d/v1/x", "/pages/small/index.html", "/.factpress/aliases.json"])(
    "is the error page for a browser that asks for %s",
    async (uri) => {
      const accept = { value: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };
      expect(await answer(uri, {}, "GET", ALIASES, { accept })).toMatchObject({ uri: "/pages/404", querystring: {} });
      expect(await answer(uri, {}, "GET", ALIASES, { accept: { value: "*/*" } })).toMatchObject({ statusCode: 404 });
    },
  );

  it("is 410 with the reason for a file of a removed release", async () => {
    for (const uri of ["/d/1.0.0/levels.csv", "/d/1.0.0/SHA256SUMS.jws", "/d/1.0.0/card.png"]) {
      expect(await text(uri)).toEqual([410, "Version 1.0.0 of d was removed: A court said so\n"]);
      expect(((await answer(uri)) as EdgeResponse).headers["cache-control"]?.value).toBe("public, max-age=10");
    }
  });

  it("is 204 for OPTIONS, with what browsers may send", async () => {
    expect(await answer("/d/latest/x", {}, "OPTIONS")).toEqual({
      statusCode: 204,
      headers: {
        "access-control-allow-origin": { value: "*" },
        "access-control-expose-headers": { value: "Content-Range, Accept-Ranges, Content-Length, ETag" },
        "x-content-type-options": { value: "nosniff" },
        "access-control-allow-methods": { value: "GET, HEAD, OPTIONS" },
        "access-control-allow-headers": { value: "*" },
        "access-control-max-age": { value: "86400" },
        "cache-control": { value: "public, max-age=86400" },
      },
    });
  });

  it.each(["POST", "PUT", "DELETE", "PATCH"])("is 405 for %s, and names what is allowed", async (method) => {
    expect(await answer("/d/latest/x", {}, method)).toMatchObject({
      statusCode: 405,
      headers: { allow: { value: "GET, HEAD, OPTIONS" } },
      body: { data: "Only GET, HEAD and OPTIONS are answered here.\n" },
    });
  });
});

describe("a KeyValueStore that fails", () => {
  const logged: string[] = [];
  const failing = loadEdgeFunction(
    async (key) => {
      if (key.startsWith("down/")) throw new Error("throttled");
      return undefined;
    },
    (line) => logged.push(line),
  );

  it.each(["/down/", "/down/1.0.0/x", "/down/latest/x", "/down/as-of/2024-01-10/x", "/down/rivers/a/", "/down/none"])(
    "is an uncacheable 500, not a 404: %s",
    async (uri) => {
      logged.length = 0;
      expect(await failing({ method: "GET", uri, querystring: {}, headers: {} })).toMatchObject({
        statusCode: 500,
        headers: { "cache-control": { value: "no-store" }, "access-control-allow-origin": { value: "*" } },
        body: { data: "The server failed. Try again in a minute.\n" },
      });
      expect(logged).toEqual(["The KeyValueStore failed: Error: throttled"]);
    },
  );

  it("leaves addresses alone that need no look-up", async () => {
    for (const uri of ["/", "/assets/page.js", "/down/releases.json"])
      expect(await failing({ method: "GET", uri, querystring: {}, headers: {} })).toHaveProperty("uri");
  });
});
