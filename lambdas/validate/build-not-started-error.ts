/** Thrown so that the queue redelivers the message (lib/infra/add-queue.ts). By then, another build may have ended. */
export class BuildNotStartedError extends Error {
  override name = "BuildNotStartedError";
}
