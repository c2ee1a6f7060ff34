import { GENERATOR } from "../lib/contract/generator.ts";
import { commitOfCheckout } from "./commit-of-checkout.ts";

/** The commit of a bundle, which `bin/pack.ts` defines. */
declare const FACTPRESS_COMMIT: string | undefined;

/** The output of `factpress --version`: the version, and the commit if known. */
export async function toolVersion(): Promise<string> {
  const commit = typeof FACTPRESS_COMMIT === "string" ? FACTPRESS_COMMIT : await commitOfCheckout();
  return commit ? `${GENERATOR} (commit ${commit})` : GENERATOR;
}
