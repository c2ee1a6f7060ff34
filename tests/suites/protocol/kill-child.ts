import { fileAliases } from "../../../lib/adapters/aliases-file.ts";
import { engineHere } from "../../../lib/adapters/engine-here.ts";
import { findRepository, type Repository } from "../../../lib/adapters/git-repository.ts";
import { gitHistory } from "../../../lib/adapters/source-git.ts";
import { sqlThread } from "../../../lib/adapters/sql-thread.ts";
import { directoryStore } from "../../../lib/adapters/store-directory.ts";
import { memoryWorkspace } from "../../../lib/adapters/workspace-memory.ts";
import { publishDataset } from "../../../lib/pipeline/publish-dataset.ts";

/** Publishes a dataset of a repository to a directory; says `ready` when it begins and `done` when it has ended. */
const [repository = "", folder = ""] = process.argv.slice(2);
const store = directoryStore(folder);
process.stdout.write("ready\n");
await publishDataset({
  dataset: "small",
  history: gitHistory((await findRepository(repository)) as Repository, "main", "data/small"),
  store,
  aliases: fileAliases(store),
  startEngine: engineHere,
  startSql: sqlThread,
  openWorkspace: async () => memoryWorkspace(),
  now: () => new Date(),
  generator: "1",
  say: () => {},
});
process.stdout.write("done\n");
