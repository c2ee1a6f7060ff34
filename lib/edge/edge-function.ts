import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";

export interface EdgeRequest {
  method: string;
  uri: string;
  querystring: Record<string, { value: string; multiValue?: { value: string }[] }>;
  headers: Record<string, { value: string }>;
}

export interface EdgeResponse {
  statusCode: number;
  headers: Record<string, { value: string }>;
  body?: { encoding: string; data: string };
}

const EDGE_FUNCTION = fileURLToPath(new URL("./viewer-request.js", import.meta.url));

/** Loads the very file that CloudFront runs, with `get` in the place of its key-value store (it throws for a missing key). */
export function loadEdgeFunction(get: (key: string) => Promise<string>): (request: EdgeRequest) => Promise<EdgeRequest | EdgeResponse> {
  const source = readFileSync(EDGE_FUNCTION, "utf8").replace(/^import cf from "cloudfront";$/m, "");
  const handler = runInNewContext(`${source}\nhandler;`, { cf: { kvs: () => ({ get }) } }) as (event: {
    request: EdgeRequest;
  }) => Promise<EdgeRequest | EdgeResponse>;
  return (request) => handler({ request });
}
