import type { Context } from "aws-lambda";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import { openSigner } from "../open-signer.ts";
import { setting } from "../setting.ts";
import { compareSite } from "./compare-site.ts";

/** A difference is looked at again after this: longer than caches may hold the parts of one state. */
const WAIT_SECONDS = Number(process.env["CANARY_WAIT_SECONDS"] ?? 70);

/** Fetches what readers get through the CDN, once an hour, and fails where it is not what was signed. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  try {
    const { publicKey } = await openSigner();
    const signal = AbortSignal.timeout(context.getRemainingTimeInMillis() - 5_000);
    const compared = await compareSite({ site: setting("SITE_URL"), keys: { keys: [publicKey] } }, signal, {
      waitMs: WAIT_SECONDS * 1_000,
    });
    logger.info("compared", { ...compared });
  } catch (error) {
    logger.error("readers get something else", errorFields(error));
    throw error;
  }
}
