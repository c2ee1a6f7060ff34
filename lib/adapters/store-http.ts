import type { Store } from "../pipeline/ports.ts";

/** A published store, read over HTTP as everybody reads it. */
export function httpReader(base: string): Pick<Store, "get" | "read"> {
  const root = base.endsWith("/") ? base : `${base}/`;
  /** Pages are served at the addresses that people see. */
  const address = (key: string): URL => new URL(key.replace(/^pages\/(.*?)(?:index\.html)?$/, "$1"), root);
  const open = async (key: string): Promise<Response | undefined> => {
    const response = await fetch(address(key), { redirect: "manual" }).catch((error: Error & { cause?: Error }) => {
      throw new Error(`${address(key)} cannot be reached: ${error.cause?.message ?? error.message}`);
    });
    if (response.ok) return response;
    await response.body?.cancel();
    if ([403, 404, 410].includes(response.status)) return undefined;
    throw new Error(`${root}${key} answers ${response.status}`);
  };
  return {
    async get(key) {
      const response = await open(key);
      return response && { bytes: new Uint8Array(await response.arrayBuffer()), etag: response.headers.get("etag") ?? "" };
    },
    async *read(key) {
      const response = await open(key);
      if (!response?.body) throw new Error(`${root}${key} is not there`);
      yield* response.body as unknown as AsyncIterable<Uint8Array>;
    },
  };
}
