import { fileSigner } from "../lib/adapters/folder/file-signer.ts";
import type { Signer } from "../lib/ports/ports.ts";

/** Opens a key file or KMS key, given on the command line or in FACTPRESS_KEY. Without a key, releases are unsigned. */
export async function openSigner(key = process.env["FACTPRESS_KEY"]): Promise<{ signer?: Signer }> {
  if (!key) return {};
  if (!key.startsWith("arn:aws:kms:")) return { signer: await fileSigner(key) };
  const { kmsSigner } = await import("../lib/adapters/aws/kms-signer.ts");
  return { signer: await kmsSigner(key) };
}
