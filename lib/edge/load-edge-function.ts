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

const logToStandardError = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Loads the file that CloudFront runs. `lookUp` replaces its KeyValueStore: undefined for a missing key, for which CloudFront's `get`
 * rejects. An error of `lookUp` simulates a failing store.
 */
export function loadEdgeFunction(
  lookUp: (key: string) => Promise<string | undefined>,
  log = logToStandardError,
): (request: EdgeRequest) => Promise<EdgeRequest | EdgeResponse> {
  const source = readFileSync(EDGE_FUNCTION, "utf8").replace(/^import cf from "cloudfront";$/m, "");
  const kvs = {
    async get(key: string): Promise<string> {
      const value = await lookUp(key);
      if (value === undefined) throw new Error("KeyNotFound");
      return value;
    },
    exists: async (key: string): Promise<boolean> => (await lookUp(key)) !== undefined,
  };
  const handler = runInNewContext(`${source}\nhandler;`, { cf: { kvs: () => kvs }, console: { log } }) as (event: {
    request: EdgeRequest;
  }) => Promise<EdgeRequest | EdgeResponse>;
  return (request) => handler({ request });
}
