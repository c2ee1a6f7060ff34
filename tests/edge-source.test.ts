import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { COMMON_HEADERS } from "../lib/edge/headers.ts";
import { ROOT } from "./scratch.ts";

const source = readFileSync(join(ROOT, "lib/edge/viewer-request.js"), "utf8");

it("the edge function fits into CloudFront's 10 kB and sends the headers of the table", () => {
  expect(Buffer.byteLength(source)).toBeLessThan(10_240);
  for (const [name, value] of Object.entries(COMMON_HEADERS)) expect(source).toContain(`"${name}": { value: "${value}" }`);
});

it("the edge function uses no syntax that CloudFront's runtime lacks", () => {
  expect(source.replaceAll(/^\/\/.*$/gm, "")).not.toMatch(/\?\?|\?\.|=>|\blet\b|\bclass\b/);
});
