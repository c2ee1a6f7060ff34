import type { Store } from "../../lib/ports/ports.ts";
import { signHead } from "../../lib/verify/sign-head.ts";
import { openSigner } from "../open-signer.ts";
import { RUNTIME } from "./runtime.ts";

/** Renews the signed head of the store if it is a day old or the store has changed. */
export const renewHead = async (store: Store): Promise<void> =>
  signHead({ store, signer: await openSigner(), runtime: RUNTIME, isScheduled: true });
