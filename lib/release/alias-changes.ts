/** The keys whose values differ between these states, with their values in the last state. */
export function aliasChanges(states: readonly ReadonlyMap<string, string>[]): Map<string, string | undefined> {
  const last = states.at(-1) ?? new Map<string, string>();
  const changes = new Map<string, string | undefined>();
  for (const state of states) for (const key of state.keys()) if (!last.has(key) && !changes.has(key)) changes.set(key, undefined);
  for (const [key, value] of last) if (states.some((state) => state.get(key) !== value)) changes.set(key, value);
  return changes;
}
