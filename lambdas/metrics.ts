import { Metrics } from "@aws-lambda-powertools/metrics";

export const metrics = new Metrics({ namespace: "Factpress", serviceName: "factpress" });

/** Writes what was measured; a run that measured nothing says nothing. */
export function publishMetrics(): void {
  if (!metrics.hasStoredMetrics()) return;
  // Names of functions are those of one stack: two stacks of an account never count as one.
  metrics.addDimension("function", process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "unknown");
  metrics.publishStoredMetrics();
}
