import type { PublishJob } from "../../lib/publish/publish-job.ts";
import { signHead } from "../../lib/verify/sign-head.ts";
import { RUNTIME } from "../runtime.ts";

/** Signs a head that does not expire, because the command line has no schedule to renew it. */
export const signPublishedHead = async ({ store, signer }: Pick<PublishJob, "store" | "signer">): Promise<void> => {
  if (signer) await signHead({ store, signer, runtime: RUNTIME });
};
