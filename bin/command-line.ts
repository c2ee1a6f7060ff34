import { Command, CommanderError } from "commander";
import { NotRegularFileError } from "../lib/adapters/folder/not-regular-file-error.ts";
import { TooLargeError } from "../lib/adapters/folder/too-large-error.ts";
import { UnsafePathError } from "../lib/adapters/folder/unsafe-path-error.ts";
import { UnknownBranchError } from "../lib/adapters/git/unknown-branch-error.ts";
import { GENERATOR } from "../lib/contract/generator.ts";
import { DamagedFileError } from "../lib/ports/damaged-file-error.ts";
import { DamagedReleaseError } from "../lib/publish/damaged-release-error.ts";
import { RemovalNotReadyError } from "../lib/publish/removal-not-ready-error.ts";
import { CatalogueError } from "../lib/release/catalogue-error.ts";
import { RestoreError } from "../lib/verify/restore-error.ts";
import { VerificationError } from "../lib/verify/verification-error.ts";
import { addCommands } from "./add-commands.ts";
import { STUCK_EXIT_CODE } from "./end-stuck.ts";
import { explainError } from "./explain-error.ts";
import { out } from "./out.ts";
import { ProblemsError } from "./problems-error.ts";
import { toolVersion } from "./tool-version.ts";
import { UsageError } from "./usage-error.ts";

export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, "success"],
  [1, "the data or the release has problems"],
  [2, "wrong usage"],
  [3, "an external failure, or a timeout"],
  [4, "no errors, but something could not be compared (verify)"],
  [129, "interrupted by SIGHUP"],
  [130, "interrupted by Ctrl-C"],
  [STUCK_EXIT_CODE, "timed out in a system call (disk or network not responding)"],
  [143, "terminated by SIGTERM"],
];

/** Errors in published data or in data to publish. */
const DATA_ERRORS = [RemovalNotReadyError, RestoreError, CatalogueError, VerificationError, DamagedReleaseError, ProblemsError];
/** Also refused files: links, paths outside the folder, files that are too large. */
const REFUSED = [...DATA_ERRORS, UnsafePathError, NotRegularFileError, TooLargeError, DamagedFileError];
const USAGE = [UsageError, UnknownBranchError];
const exitCodeOf = (error: unknown): number => {
  const isOneOf = (kinds: readonly (abstract new (...args: never) => unknown)[]): boolean => kinds.some((kind) => error instanceof kind);
  return isOneOf(USAGE) ? 2 : isOneOf(REFUSED) ? 1 : 3;
};

/** The command line with all commands. Calls `ended` with the exit code of the command. */
export function commandLine(ended: (exitCode: number) => void): Command {
  const program = new Command("factpress")
    .description("Publishes facts kept in git as an open dataset: checked on every commit, released on every merge.")
    .version(GENERATOR)
    .showHelpAfterError("(factpress --help lists them)")
    .exitOverride()
    .addHelpText("after", `\nExit codes: ${EXIT_CODES.map(([code, meaning]) => `${code} ${meaning}`).join(", ")}.`);
  addCommands(program, ended);
  return program;
}

/** Runs a command and returns the exit code of the process. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = commandLine((exitCode) => {
    code = exitCode;
  });
  try {
    if (args[0] === "--version" || args[0] === "-V") {
      out(await toolVersion());
      return 0;
    }
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    // The only catch-all of the command line: turns every error into a message and an exit code.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { message, remedy } = explainError(error as Error);
    process.stderr.write(`${message}\n${remedy === undefined ? "" : `  ${remedy}\n`}`);
    return exitCodeOf(error);
  }
}
