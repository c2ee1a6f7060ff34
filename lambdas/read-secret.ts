import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CLIENT_LIMITS } from "../lib/adapters/aws/client-limits.ts";

export const secrets = new Map<string, Promise<string>>();

/** The text of a secret, cached until `forgetSecrets`: it may still be a placeholder. */
export function readSecret(arn: string): Promise<string> {
  const cached = secrets.get(arn);
  if (cached) return cached;
  const read = new SecretsManagerClient(CLIENT_LIMITS).send(new GetSecretValueCommand({ SecretId: arn })).then(({ SecretString }) => {
    if (!SecretString) throw new Error("The secret holds no text");
    return SecretString;
  });
  // The caller gets the error when it awaits the promise. The next call reads the secret again.
  read.catch(() => secrets.delete(arn));
  secrets.set(arn, read);
  return read;
}

export const forgetSecrets = (): void => secrets.clear();
