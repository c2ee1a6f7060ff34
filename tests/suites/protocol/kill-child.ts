import { directoryStore } from "../../../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../../../lib/adapters/folder/file-aliases.ts";
import { gitHistory } from "../../../lib/adapters/git/git-history.ts";
import { findGitRepository, type GitRepository } from "../../../lib/adapters/git/git-repository.ts";
import { publishDataset } from "../../../lib/publish/publish-dataset.ts";
import { RUNTIME } from "../../runtime.ts";

/** Publishes a dataset of a repository to a directory; prints `ready` when it begins and `done` when it has ended. */
const [repository = "", folder = ""] = process.argv.slice(2);
const store = directoryStore(folder);
process.stdout.write("ready\n");
await publishDataset({
  dataset: "small",
  history: gitHistory((await findGitRepository(repository)) as GitRepository, "main", "data/small"),
  store,
  aliases: fileAliases(store),
  runtime: RUNTIME,
});
process.stdout.write("done\n");
