import { ForgeError } from "./forge-error.ts";

/** The forge could not compare two commits, perhaps because the change is too large for it. In a clone, git can. */
export class ForgeComparisonError extends ForgeError {
  override name = "ForgeComparisonError";
  constructor(cause: ForgeError) {
    super(cause.message, { reason: cause.reason, publicMessage: cause.publicMessage, status: cause.status, cause });
  }
}
