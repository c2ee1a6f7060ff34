import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { makeKeyFile } from "../../lib/adapters/folder/make-key-file.ts";
import { findGitRepository } from "../../lib/adapters/git/git-repository.ts";
import { keySetText } from "../../lib/release/key-set.ts";
import { out } from "../out.ts";
import { pathToWrite } from "../path-to-write.ts";
import { shellWord } from "../shell-word.ts";
import { UsageError } from "../usage-error.ts";

/** Creates a signing key, outside of any repository. */
export async function key(path: string): Promise<number> {
  const repository = await findGitRepository(dirname(resolve(path)));
  if (repository)
    throw new UsageError(
      `${path} is in the git repository ${repository.root}: a private key must not be committed. Choose a file outside.`,
    );
  await pathToWrite(path);
  if (existsSync(path)) throw new UsageError(`${path} already exists; nothing was written`);
  const publicKey = await makeKeyFile(path);
  out(`${path} contains the private key: keep it secret. Sign with --key ${shellWord(path)} or FACTPRESS_KEY=${shellWord(path)}.`);
  out("\nIts public key, for .well-known/jwks.json of your repository, with which others verify:");
  process.stdout.write(keySetText({ keys: [publicKey] }));
  return 0;
}
