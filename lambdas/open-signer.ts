import { kmsSigner } from "../lib/adapters/aws/kms-signer.ts";
import type { Signer } from "../lib/ports/ports.ts";
import { setting } from "./setting.ts";

let signer: Promise<Signer> | undefined;
/** The key of this deployment; its public part is read once. */
export const openSigner = (): Promise<Signer> => {
  signer ??= kmsSigner(setting("SIGNING_KEY_ARN"));
  // The caller awaits it and gets the error; the next message tries again.
  signer.catch(() => {
    signer = undefined;
  });
  return signer;
};
