import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../scratch.ts";

/** The context of `cdk synth` in this repository, with settings. */
export const contextWith = (settings: Record<string, unknown>): Record<string, unknown> => ({
  ...(JSON.parse(readFileSync(join(ROOT, "cdk.json"), "utf8")) as { context: object }).context,
  repository: "owner/name",
  ...settings,
});
