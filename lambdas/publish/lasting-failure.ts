import { datasetPublishFailures, type PublishedEach } from "../../lib/publish/publish-each-dataset.ts";
import { BuildFailedError } from "./build-failed-error.ts";

/**
 * The failure of a run that only another commit or a manual run can resolve. Undefined if anything else failed as well, such as the signed
 * head or the home page, which the next tick retries.
 */
export function lastingFailure(outcomes: PublishedEach): BuildFailedError | undefined {
  const failures = datasetPublishFailures(outcomes);
  return failures.every((error) => error instanceof BuildFailedError) ? failures[0] : undefined;
}
