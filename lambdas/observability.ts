import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";

/** Structured lines: JSON, so that nothing of a stranger's text can look like a line of ours. */
export const logger = new Logger({ serviceName: "factpress" });
export const metrics = new Metrics({ namespace: "Factpress", serviceName: "factpress" });

/** Writes what was measured; a run that measured nothing says nothing. */
export function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/** An error as a log line says it: its message and status, never its request, which holds a token. */
export const errorFields = (error: unknown): { error: string; name?: string; status?: number } => {
  const { message, name, status } = error as { message?: string; name?: string; status?: number };
  return { error: String(message ?? error).slice(0, 2_000), ...(name ? { name } : {}), ...(status === undefined ? {} : { status }) };
};
