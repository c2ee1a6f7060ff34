/** Verification failed. The message describes the first difference. */
export class VerificationError extends Error {
  override name = "VerificationError";
  /** Path of the file in the store or the release. */
  readonly where: string;
  constructor(where: string, what: string) {
    super(`${where} ${what}`);
    this.where = where;
  }
}
