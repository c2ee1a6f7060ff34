import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import { metrics, publishMetrics } from "../metrics.ts";
import { openBucketReader } from "../open-bucket-reader.ts";
import { openSigner } from "../open-signer.ts";
import { setting } from "../setting.ts";
import { compareSite } from "./compare-site.ts";
import { HeadOutOfDateError } from "./head-out-of-date-error.ts";

/** Wait before a difference is checked again, which is longer than the cache lifetime. */
const WAIT_SECONDS = Number(process.env["CANARY_WAIT_SECONDS"] ?? 70);

/**
 * Fetches the site through the CDN every hour, as readers do, and fails if it differs from the signed head. An outdated head is counted as
 * a metric instead, since its alarm is suppressed while publish fails.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  try {
    const { publicKey } = await openSigner();
    const signal = AbortSignal.timeout(context.getRemainingTimeInMillis() - 5_000);
    const site = { site: setting("SITE_URL"), keys: { keys: [publicKey] }, store: openBucketReader() };
    const compared = await compareSite(site, signal, { waitMs: WAIT_SECONDS * 1_000 });
    logger.info("compared", { ...compared });
  } catch (error) {
    if (!(error instanceof HeadOutOfDateError)) {
      logger.error("the site differs from the signed head", errorFields(error));
      throw error;
    }
    logger.error("the signed head is out of date", errorFields(error));
    metrics.addMetric("HeadOutOfDate", MetricUnit.Count, 1);
  } finally {
    publishMetrics();
  }
}
