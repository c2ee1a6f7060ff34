import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadEdgeFunction } from "../../../lib/edge/load-edge-function.ts";
import { ROOT, scratch, write } from "../../scratch.ts";

const source = readFileSync(join(ROOT, "lib/edge/viewer-request.js"), "utf8");

it("the edge function runs unmodified in njs and answers as it does in Node", async () => {
  const at = await scratch();
  const entries = {
    "d/latest": "1.0.0",
    "d/mark": "m",
    "d/1.0.0": "listed",
    "d/as-of": "2024-03 2024-03",
    "d/as-of/2024-03": "05 1.0.0",
  } as Record<string, string>;
  await write(at, {
    cloudfront: `var entries = ${JSON.stringify(entries)};
function check(key) { if (key.slice(0, 5) === "down/") throw new Error("throttled"); }
export default { kvs: function () { return {
  get: async function (key) { check(key); if (entries[key] === undefined) throw new Error("KeyNotFound"); return entries[key]; },
  exists: async function (key) { check(key); return entries[key] !== undefined; },
}; } };
`,
  });
  const requests = [
    "/d/latest/x?q=1",
    "/d/as-of/2024-03-04/x",
    "/d/as-of/2024-03-05/x",
    "/d/",
    "/d/1.0.0/x",
    "/d/2/x",
    "/",
    "/pages/x",
    "/robots.txt",
    "/verify/",
    "/d/things/a-b/",
    "/d/explorer/1.0.0.json",
    "/other/things/a/",
    "/d/v1/x",
    "/down/",
    "/down/latest/x",
  ].map((uri) => {
    const [path = "", query] = uri.split("?");
    return { method: "GET", uri: path, querystring: query ? { q: { value: "1" } } : {}, headers: {} };
  });
  await write(at, {
    "run.js": `${source}\nvar requests = ${JSON.stringify(requests)};\n(async function () { for (var i = 0; i < requests.length; i += 1) { var answer = await handler({ request: requests[i] }); console.log(JSON.stringify(answer)); } })();\n`,
  });
  const printed = execFileSync("njs", ["-p", at, join(at, "run.js")], { encoding: "utf8" });
  const expected: unknown[] = [];
  const here = loadEdgeFunction(
    async (key) => {
      if (key.startsWith("down/")) throw new Error("throttled");
      return entries[key];
    },
    (line) => expected.push(line),
  );
  for (const request of requests) expected.push(await here(structuredClone(request) as never));
  expect(
    printed
      .trim()
      .split("\n")
      .map((line) => (line.startsWith("{") ? (JSON.parse(line) as unknown) : line)),
  ).toEqual(JSON.parse(JSON.stringify(expected)));
});
