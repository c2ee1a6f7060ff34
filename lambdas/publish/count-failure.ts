import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { CatalogueError } from "../../lib/release/catalogue-error.ts";
import { VerificationError } from "../../lib/verify/verification-error.ts";
import { metrics } from "../metrics.ts";

/** Metrics of failures that the alarms of others tell as well (lib/infra/add-alarms.ts). */
type FailureMetric = "StoreUnavailable" | "StoreDiffers";

/** The client adds `$metadata` to each error of AWS, and of its connection, which has no status. */
function isOfAws(error: Error): boolean {
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return metadata !== undefined && (metadata.httpStatusCode ?? 500) >= 500;
}

/** The metric that counts a failure instead of the errors of the function; undefined if none does. */
export function failureMetric(error: Error): FailureMetric | undefined {
  // What was signed and what is stored differ: the canary sees that as well, mostly before.
  if (error instanceof CatalogueError || error instanceof VerificationError) return "StoreDiffers";
  return isOfAws(error) ? "StoreUnavailable" : undefined;
}

/** Counts a failure if it has a metric of its own. Returns false if it has none: then the function has to fail. */
export function countFailure(error: Error): boolean {
  const metric = failureMetric(error);
  if (metric !== undefined) metrics.addMetric(metric, MetricUnit.Count, 1);
  return metric !== undefined;
}
