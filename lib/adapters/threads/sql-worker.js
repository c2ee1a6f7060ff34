// A thread starts without the TypeScript loader of its parent.
import { register } from "tsx/esm/api";

register();
const { runSqlWorker } = await import("./sql-worker.ts");
runSqlWorker();
