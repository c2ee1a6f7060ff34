import { Metrics } from "@aws-lambda-powertools/metrics";

export const metrics = new Metrics({ namespace: "Factpress", serviceName: "factpress" });

/** Writes what was measured; a run that measured nothing says nothing. */
export function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
