import { tmpdir } from "node:os";
import { ForgeError } from "../lib/ports/forge-error.ts";

/** Shown to people who cannot read the logs. */
export const INTERNAL_ERROR = "Internal error; see the logs of the function";

/** Codes of a disk, or of a machine, that failed: https://man7.org/linux/man-pages/man3/errno.3.html */
const MACHINE_CODES = ["EACCES", "EDQUOT", "EIO", "EMFILE", "ENFILE", "ENOMEM", "ENOSPC", "EPERM", "EROFS"];

const codeOf = (error: Error): string | undefined => {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return typeof code === "string" && syscall !== undefined ? code : undefined;
};

/** Whether the machine failed, such as its disk, not the data: then another run may succeed. */
export const isMachineMessage = (error: Error): boolean => MACHINE_CODES.includes(codeOf(error) ?? "");

/** Folders of a function or a build: its temporary files and its program. */
const internalFolders = (): string[] => [tmpdir(), process.env["LAMBDA_TASK_ROOT"]].filter((folder) => folder !== undefined);

/**
 * The message of a failure that everybody may read. It names no account of AWS and no path of the machine: errors of the system show only
 * their code.
 */
export function publicMessage(error: Error): string {
  if ((error as { $metadata?: object }).$metadata) return `AWS answered ${error.name}`;
  if (error instanceof ForgeError) return error.publicMessage;
  const code = codeOf(error);
  if (code !== undefined) return `${INTERNAL_ERROR} (${code})`;
  return internalFolders().some((folder) => error.message.includes(folder)) ? INTERNAL_ERROR : error.message;
}
