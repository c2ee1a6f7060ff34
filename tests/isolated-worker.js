// The thread that checks untrusted files, from its TypeScript: a function's bundle is this program as well.
import { register } from "tsx/esm/api";

register();
const { runIsolatedCheck } = await import("../lib/adapters/threads/isolated-check.ts");
await runIsolatedCheck();
