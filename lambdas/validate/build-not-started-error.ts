/** Thrown so that the message comes back when the queue shows it again: by then another build may have ended (lib/infra/add-queue.ts). */
export class BuildNotStartedError extends Error {
  override name = "BuildNotStartedError";
}
