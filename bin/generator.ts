import { readFileSync } from "node:fs";

/** Version of this Factpress. */
export const GENERATOR: string = (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string })
  .version;
