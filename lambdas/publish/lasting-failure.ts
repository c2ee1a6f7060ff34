import { datasetPublishFailures, type PublishedEach } from "../../lib/publish/publish-each-dataset.ts";
import { BuildFailedError } from "./build-failed-error.ts";

/**
 * The failure of a run that no tick can resolve, but another commit or a run by hand; undefined if anything else failed as well, such as the
 * signed head or the home page: the next tick tries that again.
 */
export function lastingFailure(outcomes: PublishedEach): BuildFailedError | undefined {
  const failures = datasetPublishFailures(outcomes);
  return failures.every((error) => error instanceof BuildFailedError) ? failures[0] : undefined;
}
