/** Maximum attempts in a row that conflict with another run. */
export const MAX_CONFLICTS = 100;

/** The error after too many conflicts. `what`: the object that could not be written. */
export const retriedConflictsError = (what: string): Error =>
  new Error(`Gave up after ${MAX_CONFLICTS} conflicts: other runs kept replacing ${what}`);

/** Calls `attempt` until it returns a result; undefined means a conflict with another run. */
export async function retryConflicts<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < MAX_CONFLICTS; i += 1) {
    const done = await attempt();
    if (done !== undefined) return done;
  }
  throw retriedConflictsError(what);
}
