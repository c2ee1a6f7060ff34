import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { jsonFormat } from "../../../lib/formats/json/json-format.ts";

/** Runs the code that pages offer for an address; returns what it prints. */
async function run(url: string): Promise<unknown[]> {
  const [snippet] = jsonFormat.snippets?.({ layout: 2, columns: [] }) ?? [];
  const printed: unknown[] = [];
  const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (console: object) => Promise<void>;
  await new AsyncFunction("console", String(snippet?.code(url)))({ log: (...values: unknown[]) => printed.push(...values) });
  return printed;
}

it("the JavaScript that pages offer counts the records of a table, and fails when there is none", async () => {
  const server = createServer((request, response) => {
    if (request.url === "/t.json") response.end('[\n{"id":"a"},\n{"id":"b"}\n]\n');
    else response.writeHead(404, "Not Found").end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await run(`${site}/t.json`)).toEqual([2]);
  await expect(run(`${site}/gone.json`)).rejects.toThrow("Not Found");
});
