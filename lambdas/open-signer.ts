import { kmsSigner } from "../lib/adapters/aws/kms-signer.ts";
import type { Signer } from "../lib/ports/ports.ts";
import { setting } from "./setting.ts";

let signer: Promise<Signer> | undefined;
/** The signer of this deployment. Its public key is read once. */
export const openSigner = (): Promise<Signer> => {
  signer ??= kmsSigner(setting("SIGNING_KEY_ARN"));
  // The caller gets the error when it awaits the promise. The next message tries again.
  signer.catch(() => {
    signer = undefined;
  });
  return signer;
};
