// The edge function runs in a context of its own: it shares with Stryker what everything else shares.
import { syncBuiltinESMExports } from "node:module";
import vm from "node:vm";

const { runInNewContext } = vm;
vm.runInNewContext = (source, context, ...more) => {
  globalThis.__stryker__ ??= {};
  return runInNewContext(source, { ...context, __stryker__: globalThis.__stryker__, process: { env: process.env } }, ...more);
};
syncBuiltinESMExports();
