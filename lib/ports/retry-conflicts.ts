/** Maximum attempts in a row that another run was faster than. */
export const MAX_CONFLICTS = 100;

/** What is thrown after that; `what` names what could not be written. */
export const retriedConflictsError = (what: string): Error =>
  new Error(`Gave up after ${MAX_CONFLICTS} conflicts: other runs kept replacing ${what}`);

/** Calls `attempt` until it returns something; undefined means that another run was faster. */
export async function retryConflicts<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < MAX_CONFLICTS; i += 1) {
    const done = await attempt();
    if (done !== undefined) return done;
  }
  throw retriedConflictsError(what);
}
