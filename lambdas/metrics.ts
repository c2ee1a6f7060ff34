import { Metrics } from "@aws-lambda-powertools/metrics";

export const metrics = new Metrics({ namespace: "Factpress", serviceName: "factpress" });

/** Writes the collected metrics, if there are any. */
export function publishMetrics(): void {
  if (!metrics.hasStoredMetrics()) return;
  // Function names are unique to a stack, so metrics of two stacks in an account are never mixed.
  metrics.addDimension("function", process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "unknown");
  metrics.publishStoredMetrics();
}
