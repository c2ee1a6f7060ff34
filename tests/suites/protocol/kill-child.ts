import { fileAliases } from "../../../lib/adapters/folder/aliases-file.ts";
import { directoryStore } from "../../../lib/adapters/folder/store-directory.ts";
import { findRepository, type Repository } from "../../../lib/adapters/git/git-repository.ts";
import { gitHistory } from "../../../lib/adapters/git/source-git.ts";
import { publishDataset } from "../../../lib/publish/publish-dataset.ts";
import { RUNTIME } from "../../runtime.ts";

/** Publishes a dataset of a repository to a directory; says `ready` when it begins and `done` when it has ended. */
const [repository = "", folder = ""] = process.argv.slice(2);
const store = directoryStore(folder);
process.stdout.write("ready\n");
await publishDataset({
  dataset: "small",
  history: gitHistory((await findRepository(repository)) as Repository, "main", "data/small"),
  store,
  aliases: fileAliases(store),
  runtime: RUNTIME,
});
process.stdout.write("done\n");
