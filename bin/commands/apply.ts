import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { directoryReader } from "../../lib/adapters/folder/directory-reader.ts";
import { folderWorkspace } from "../../lib/adapters/folder/folder-workspace.ts";
import { readNamedFile } from "../../lib/adapters/folder/read-named-file.ts";
import { applyChanges } from "../../lib/build/apply-changes.ts";
import { CannotApplyError } from "../../lib/build/cannot-apply-error.ts";
import { MAX_CHANGES_BYTES } from "../../lib/contract/read-limits.ts";
import { MANIFEST_FILE, PACKAGE_FILE } from "../../lib/contract/release-files.ts";
import { storedRelease } from "../../lib/ports/stored-release.ts";
import { out } from "../out.ts";
import { outputFolder } from "../output-folder.ts";
import { RUNTIME } from "../runtime.ts";
import { UsageError } from "../usage-error.ts";

/** Derives a release from the previous one and its changes.json, as a mirror does. */
export async function apply(old: string, changes: string, options: { out: string; manifest?: string }): Promise<number> {
  const folder = resolve(old);
  if (!existsSync(join(folder, PACKAGE_FILE))) throw new UsageError(`${old} is not a release folder: it has no datapackage.json`);
  if (!existsSync(changes)) throw new UsageError(`There is no file ${changes}`);
  const target = await outputFolder(options.out);
  if (existsSync(target)) throw new UsageError(`${options.out} already exists; nothing was written`);
  const workspace = await folderWorkspace(resolve(target, ".."));
  try {
    const stored = storedRelease(directoryReader(resolve(folder, "..")), basename(folder));
    const { version, artifacts } = await applyChanges(stored, await readNamedFile(changes, MAX_CHANGES_BYTES), RUNTIME, workspace);
    const hash = artifacts.find(({ name }) => name === MANIFEST_FILE)?.sha256;
    if (options.manifest !== undefined && options.manifest !== hash)
      throw new CannotApplyError(`The result is not the release: its SHA256SUMS has the hash ${hash}. Nothing was written.`);
    await workspace.commit(target);
    out(`${options.out}  ${version}, SHA-256 of its SHA256SUMS: ${hash}`);
    return 0;
  } catch (error) {
    if (!(error instanceof CannotApplyError)) throw error;
    out(error.message);
    return 1;
  } finally {
    await workspace.discard();
  }
}
