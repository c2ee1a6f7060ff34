import type { Command } from "commander";
import { onEndingSignal } from "./ending-signals.ts";

const DATASET = "name of a folder in data/, or a path; default: all of data/";

/** Loads a command on demand, because each command needs different modules. */
type Load<A extends unknown[]> = () => Promise<(...args: A) => Promise<number>>;

/** Turns commands into commander actions. `run` reports the exit code; `ending` also ends the command on signals. */
interface Actions {
  run<A extends unknown[]>(load: Load<A>): (...args: A) => Promise<void>;
  ending<A extends unknown[]>(load: Load<A>): (...args: A) => Promise<void>;
}

function commandActions(ended: (exitCode: number) => void): Actions {
  const run: Actions["run"] =
    (load) =>
    async (...args) =>
      ended(await (await load())(...args));
  return {
    run,
    // Ends the command on a signal; workspaces are removed on exit.
    ending:
      (load) =>
      (...args) => {
        onEndingSignal((exitCode) => process.exit(exitCode));
        return run(load)(...args);
      },
  };
}

/** Adds the commands for authors of a dataset. */
function addAuthorCommands(program: Command, { run, ending }: Actions): void {
  program
    .command("new")
    .description("Create a small valid dataset to fill in, or one from a CSV file; prints the type of each column.")
    .argument("<name>", "lower-case letters, digits and hyphens")
    .option("--from <file>", "a CSV file in UTF-8 whose first row names the columns")
    .option("--text <columns...>", "columns that stay text")
    .option("--key <columns>", "the key column, or several: place,year")
    .option("--decimal <sign>", "decimal separator: comma or point")
    .option("--merge <columns...>", "columns in which two spellings of one value (1.0 and 1, TRUE and true) may become one")
    .option("--data <dir>", "folder of the datasets", "data")
    .option("--like <dataset>", "folder of the dataset that the file updates (default: data/NAME, if --data is another folder)")
    .action(run(async () => (await import("./commands/new-dataset.ts")).newDataset));
  program
    .command("add")
    .description("Prompt for a record, write it to the right file and check it.")
    .argument("<table>", "table of the record")
    .option("--dataset <name>", "which dataset, if there are several")
    .action(run(async () => (await import("./commands/add.ts")).add));
  program
    .command("check")
    .description("Find all problems of a dataset, with file, line and remedy. Writes nothing.")
    .argument("[dataset]", DATASET)
    .option("--format <format>", "text, or json for programs", "text")
    .option("--against <store>", "compare with the newest release there (a directory, s3://bucket or URL) and name the next version")
    .option("--branch <name>", "the published branch, to compare with (default: as for publish)")
    .option("--require-base", "fail if there is nothing to compare with (for CI)")
    .option("--ended <names...>", "datasets that end with this change: their folders may be deleted")
    .option("--fix", "correct automatically: shape, order of names, commas and quotes")
    .action(ending(async () => (await import("./commands/check.ts")).check));
  program
    .command("build")
    .description("Build the working folder as a release folder, with its page beside it.")
    .argument("[dataset]", DATASET)
    .requiredOption("--out <dir>", "output folder; the folder of each dataset in it is replaced")
    .action(ending(async () => (await import("./commands/build.ts")).build));
  program
    .command("diff")
    .description("Compare two states of a dataset: record by record, column by column.")
    .argument("[a]", "a version, latest, a folder, or a git commit (default: where HEAD left the published branch)")
    .argument("[b]", "the same (default: the working folder)")
    .option("--dataset <name>", "which dataset, if there are several")
    .option("--store <store>", "where versions are published: a directory, s3://bucket or URL")
    .option("--format <format>", "text, markdown, or json for programs (docs/formats.md)", "text")
    .action(ending(async () => (await import("./commands/diff.ts")).diff));
  program
    .command("editor")
    .description("Write the settings and schemas with which VS Code completes and explains dataset files.")
    .action(run(async () => (await import("./commands/editor.ts")).editor));
}

/** Adds the commands that write to a store. */
function addPublisherCommands(program: Command, { run, ending }: Actions): void {
  program
    .command("publish")
    .description("Release the commits of the published branch since the newest release. Publishing again adds nothing.")
    .argument("[dataset]", DATASET)
    .requiredOption("--store <store>", "a directory, or s3://bucket with --aliases")
    .option("--url <address>", "URL of the site, for absolute links (stored; needed once)")
    .option("--readable-bucket <bucket>", "s3://NAME of the store, if readers may read it; Iceberg tables then name it too (with --url)")
    .option("--no-readable-bucket", "stop naming it in Iceberg tables (with --url)")
    .option("--aliases <arn>", "KeyValueStore of the bucket's CDN")
    .option(
      "--branch <name>",
      "the published branch (default: git config factpress.branch, else the default branch of origin, else the only branch)",
    )
    .option("--key <file>", "sign releases with this key, a file or the ARN of a KMS key (default: FACTPRESS_KEY)")
    .option("--every-commit", "release each commit that passes, even if a later one reverts it")
    .action(ending(async () => (await import("./commands/publish.ts")).publish));
  program
    .command("restore")
    .description("Rebuild from git the releases of releases.json that a store has lost.")
    .argument("[dataset]", DATASET)
    .requiredOption("--store <store>", "a directory, or s3://bucket with --aliases")
    .option("--url <address>", "URL of the site, if the store has lost it too")
    .option("--aliases <arn>", "KeyValueStore of the bucket's CDN")
    .option("--branch <name>", "the published branch")
    .option("--key <file>", "sign releases with this key, a file or the ARN of a KMS key (default: FACTPRESS_KEY)")
    .action(ending(async () => (await import("./commands/restore.ts")).restore));
  program
    .command("remove")
    .description("Delete the files of a release that release.removed lists, once no alias redirects to it.")
    .argument("<version>")
    .requiredOption("--store <store>", "a directory, or s3://bucket with --aliases")
    .option("--aliases <arn>", "KeyValueStore of the bucket's CDN")
    .option("--dataset <name>", "which dataset, if there are several")
    .action(ending(async () => (await import("./commands/remove.ts")).remove));
  program
    .command("key")
    .description("Create a key to sign releases.")
    .argument("<file>", "file for the private key, outside of the repository")
    .action(run(async () => (await import("./commands/key.ts")).key));
  program
    .command("start")
    .description("Publish the branch, show the working folder as a preview, serve both and watch for changes.")
    .option("--store <dir>", "the store", "store")
    .option("--port <n>", "port on this machine; the next free one if it is in use", "8080")
    .option("--branch <name>", "the published branch")
    .option("--key <file>", "sign releases with this key, a file or the ARN of a KMS key (default: FACTPRESS_KEY)")
    .option("--every-commit", "release each commit that passes, even if a later one reverts it")
    .action(run(async () => (await import("./commands/start.ts")).start));
}

/** Adds the commands that read published releases. */
function addReaderCommands(program: Command, { run, ending }: Actions): void {
  program
    .command("apply")
    .description("Build a release from the previous one and its changes.json, byte for byte.")
    .argument("<old>", "folder of the previous release")
    .argument("<changes>", "changes.json of the new release")
    .requiredOption("--out <dir>", "folder of the new release")
    .option("--manifest <hash>", "SHA-256 of the release in releases.json; without it, compare the printed one")
    .action(ending(async () => (await import("./commands/apply.ts")).apply));
  program
    .command("verify")
    .description("Check catalogue, chain, hashes and signatures, and report the first error.")
    .argument("<target>", "a store, a dataset of one, or a release: a folder or its URL")
    .option("--keys <file>", "trusted public keys (jwks.json), not from the site itself")
    .option("--rebuild", "build every release from git again and compare")
    .option("--fresh", "fail if the signed head has expired: newer releases may be withheld")
    .option("--head <file>", "another copy of the signed head: its releases must still exist")
    .option("--remember <file>", "compare with the runs in this file, then add this one")
    .action(ending(async () => (await import("./commands/verify.ts")).verify));
  program
    .command("serve")
    .description("Serve a store as the CDN does.")
    .requiredOption("--store <dir>", "the store")
    .option("--previews", "also serve the previews of uncommitted changes from factpress start")
    .option("--port <n>", "port on this machine", "8080")
    .action(run(async () => (await import("./commands/serve.ts")).serve));
}

/** Adds the commands for a git remote that publishes, and its hooks. */
function addRemoteCommands(program: Command, { run }: Actions): void {
  program
    .command("remote")
    .description("Create a git remote on this machine that checks pushes and publishes them to a store.")
    .argument("<dir>", "folder of the new bare repository (with --reconcile: of an existing one)")
    .option("--store <dir>", "the store", "store")
    .option("--branch <name>", "the published branch (default: that of the current repository)")
    .option("--data <dir>", "the folder of the datasets in the repository", "data")
    .option("--url <address>", "URL of the site, for absolute links")
    .option("--every-commit", "release each commit that passes, even if a later one reverts it")
    .option("--reconcile", "publish commits that the store lacks, after an interrupted push")
    .action(run(async () => (await import("./commands/remote.ts")).remote));
  program
    .command("hook", { hidden: true })
    .argument("<name>")
    .requiredOption("--store <dir>")
    .requiredOption("--branch <name>")
    .requiredOption("--data <dir>")
    .option("--url <address>")
    .option("--every-commit")
    .action(run(async () => (await import("./commands/hook.ts")).hook));
}

/** Adds all commands with their arguments and options. Calls `ended` with the exit code of the command. */
export function addCommands(program: Command, ended: (exitCode: number) => void): void {
  const actions = commandActions(ended);
  for (const add of [addAuthorCommands, addPublisherCommands, addReaderCommands, addRemoteCommands]) add(program, actions);
}
