import { fileSigner } from "../lib/adapters/folder/file-signer.ts";
import type { Signer } from "../lib/ports/ports.ts";

/** A key file or a KMS key, named on the command line or by FACTPRESS_KEY; releases are unsigned without. */
export async function openSigner(key = process.env["FACTPRESS_KEY"]): Promise<{ signer?: Signer }> {
  if (!key) return {};
  if (!key.startsWith("arn:aws:kms:")) return { signer: await fileSigner(key) };
  const { kmsSigner } = await import("../lib/adapters/aws/kms-signer.ts");
  return { signer: await kmsSigner(key) };
}
