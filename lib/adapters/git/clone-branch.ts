import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloneAccess } from "../../ports/forge.ts";
import { gitEnvironment } from "./git-environment.ts";

/** A branch could not be cloned. */
export class CloneError extends Error {
  override name = "CloneError";
}

/** Nothing of the machine's own configuration, and nothing that a repository brings, runs. */
const CONFIG = ["credential.helper=", "core.hooksPath=/dev/null", "core.askPass=false", "http.followRedirects=false", "gc.auto=0"];

/**
 * Clones a branch into a folder, its whole history and no working files. The password stands neither in arguments nor in the
 * environment, and nothing of it stays in the clone: git reads it from a file that is removed afterwards. Throws `CloneError`.
 */
export async function cloneBranch({ url, username, password }: CloneAccess, branch: string, folder: string): Promise<void> {
  const secrets = await mkdtemp(join(tmpdir(), "factpress-clone-"));
  try {
    const file = join(secrets, "credentials");
    const address = Object.assign(new URL(url), { username, password, pathname: "" });
    await writeFile(file, `${address.href}\n`, { mode: 0o600 });
    const config = [...CONFIG, `credential.helper=store --file='${file}'`].flatMap((setting) => ["-c", setting]);
    const args = [...config, "clone", "--quiet", "--no-checkout", "--single-branch", "--no-tags", "--template=", "--branch", branch];
    const env = {
      ...gitEnvironment(process.env),
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_ALLOW_PROTOCOL: new URL(url).protocol.replace(":", ""),
    };
    await new Promise<void>((done, fail) => {
      execFile("git", [...args, "--", url, folder], { env }, (error, _stdout, stderr) => {
        if (!error) done();
        else fail(new CloneError(`git clone failed: ${stderr.trim().split("\n").slice(0, 3).join(" ") || error.message}`));
      });
    });
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}
