import { GENERATOR } from "../lib/contract/generator.ts";
import { checkoutCommit } from "./checkout-commit.ts";

/** The commit of a bundle: `bin/pack.ts` puts it in. */
declare const FACTPRESS_COMMIT: string | undefined;

/** What `factpress --version` prints: the version, and the commit that it was made from where that is known. */
export async function toolVersion(): Promise<string> {
  const commit = typeof FACTPRESS_COMMIT === "string" ? FACTPRESS_COMMIT : await checkoutCommit();
  return commit ? `${GENERATOR} (commit ${commit})` : GENERATOR;
}
