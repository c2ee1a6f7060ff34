// Runs a bundle as Lambda does: loads it, hands it one event after the other. Started by lambda.ts with the Node to test.
import module from "node:module";
import "./localhost.mjs";

const before = performance.now();
const { handler } = await import(process.argv[2]);
// For the next process with this bundle. Node 20 has no such cache.
if (process.env.NODE_COMPILE_CACHE) module.flushCompileCache?.();
process.send({ loaded: performance.now() - before, node: process.version });
process.on("message", async ({ id, event, context }) => {
  try {
    // Lambda's context has methods; what comes through a channel has none.
    const whole = { ...context, getRemainingTimeInMillis: () => context.remainingMs };
    process.send({ id, result: (await handler(event, whole)) ?? null });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});
