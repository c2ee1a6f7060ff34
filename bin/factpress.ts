import { Command, CommanderError } from "commander";
import { build, check, makeNew, publish } from "./commands.ts";
import { UsageError } from "./datasets.ts";
import { GENERATOR } from "./generator.ts";
import { serve, start } from "./start.ts";

const EXIT = "\nExit codes: 0 fine, 1 the data has problems, 2 wrong usage, 3 something outside failed.";

let code = 0;
const run =
  <A extends unknown[]>(use: (...args: A) => Promise<number>) =>
  async (...args: A): Promise<void> => {
    code = await use(...args);
  };

/** Ended by a signal, a command leaves nothing half done: workspaces go when the process exits. */
const ending =
  <A extends unknown[]>(use: (...args: A) => Promise<number>) =>
  (...args: A): Promise<void> => {
    process.once("SIGINT", () => process.exit(130));
    process.once("SIGTERM", () => process.exit(143));
    return run(use)(...args);
  };

const program = new Command("factpress")
  .description("Publishes facts kept in git as an open dataset: checked on every commit, released on every merge.")
  .version(GENERATOR)
  .showHelpAfterError("(factpress --help shows what there is)")
  .exitOverride()
  .addHelpText("after", EXIT);
const DATASET = "name of a folder in data/, or a path; all of data/ where it is left out";

program
  .command("check")
  .description("Find everything that is wrong in a dataset, with file, line and remedy. Writes nothing.")
  .argument("[dataset]", DATASET)
  .option("--format <format>", "text, or json for programs", "text")
  .action(ending(check));
program
  .command("build")
  .description("Make the folder of a release from what the working folder holds, and its page beside it.")
  .argument("[dataset]", DATASET)
  .requiredOption("--out <dir>", "where to; the folder of each dataset is replaced as a whole")
  .action(ending(build));
program
  .command("publish")
  .description("Release every commit of the published branch that differs from the newest release. Publishing again adds nothing.")
  .argument("[dataset]", DATASET)
  .requiredOption("--store <dir>", "the store")
  .option("--branch <name>", "the published branch (default: main, else master, else what is checked out)")
  .action(ending(publish));
program
  .command("serve")
  .description("Serve a store as the CDN does.")
  .requiredOption("--store <dir>", "the store")
  .option("--port <n>", "port on this machine", "8080")
  .action(run(serve));
program
  .command("start")
  .description("Publish what git holds, show the working folder as a preview, serve both and follow changes.")
  .option("--store <dir>", "the store", "store")
  .option("--port <n>", "port on this machine; the next free one where it is taken", "8080")
  .option("--branch <name>", "the published branch")
  .action(run(start));
program
  .command("new")
  .description("Make a small valid dataset to fill in.")
  .argument("<name>", "small letters, digits and hyphens")
  .option("--data <dir>", "where datasets stand", "data")
  .action(run(makeNew));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) code = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`${(error as Error).message}\n`);
    code = error instanceof UsageError ? 2 : 3;
  }
}
process.exitCode = code;
