import { HEAD_OBJECT_KEY } from "../contract/head-object-key.ts";
import type { Verified } from "./nothing-verified.ts";
import { VerificationError } from "./verification-error.ts";

/** Throws if the signed head has expired. A missing head, or one without an expiry, is listed as not compared. */
export function verifyFresh(name: string, { head, uncompared }: Verified, now: Date): void {
  if (!head) uncompared.push(`${name} has no signed head, so it is unknown whether it is up to date.`);
  else if (head.expires === null)
    uncompared.push(
      `The signed head of ${head.issued} never expires, because no schedule renews it, so it is unknown whether ${name} is up to date.`,
    );
  else if (Date.parse(head.expires) < now.getTime())
    throw new VerificationError(HEAD_OBJECT_KEY, `expired on ${head.expires}: newer releases may be withheld`);
}
