import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setting } from "./setting.ts";

/** Folder for a function's temporary files. */
export const temporaryFolder = (): string => join(tmpdir(), setting("AWS_LAMBDA_FUNCTION_NAME"));

/** Folder for the files of archives. No dataset can have its name. */
export const archiveFolder = (): string => join(temporaryFolder(), ".archive");

/** Call this when an invocation starts: an invocation that timed out leaves its files to the next one in the same sandbox. */
export async function emptyTemporaryFolder(): Promise<void> {
  await rm(temporaryFolder(), { recursive: true, force: true });
  await mkdir(temporaryFolder(), { recursive: true });
}
