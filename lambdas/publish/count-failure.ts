import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { hasErrorCode } from "../../lib/adapters/folder/has-error-code.ts";
import { CatalogueError } from "../../lib/release/catalogue-error.ts";
import { VerificationError } from "../../lib/verify/verification-error.ts";
import { metrics } from "../metrics.ts";

/** Metrics of failures that other alarms also report (lib/infra/alarm-metrics.ts). */
type FailureMetric = "StoreUnavailable" | "StoreDiffers";

/** System error codes of a failed connection. */
const CONNECTION_CODES = [
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "EPROTO",
  "ETIMEDOUT",
];

const isOfConnection = (error: Error): boolean => error.name === "TimeoutError" || hasErrorCode(error, ...CONNECTION_CODES);

/** Whether AWS answered with 500 or more, or not at all. The client adds `$metadata` to every error of a call, even if nothing was sent. */
function isUnavailable(error: Error): boolean {
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number } };
  if (metadata === undefined) return false;
  return metadata.httpStatusCode === undefined ? isOfConnection(error) : metadata.httpStatusCode >= 500;
}

/** The metric that counts a failure instead of the errors of the function; undefined if none does. */
export function failureMetric(error: Error): FailureMetric | undefined {
  // The store differs from what was signed. The canary finds that too, usually earlier.
  if (error instanceof CatalogueError || error instanceof VerificationError) return "StoreDiffers";
  return isUnavailable(error) ? "StoreUnavailable" : undefined;
}

/** Counts a failure if it has a metric of its own. Returns false if it has none: then the function has to fail. */
export function countFailure(error: Error): boolean {
  const metric = failureMetric(error);
  if (metric !== undefined) metrics.addMetric(metric, MetricUnit.Count, 1);
  return metric !== undefined;
}
