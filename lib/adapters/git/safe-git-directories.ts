import type { Environment } from "./git-environment.ts";

/** Directories that an environment declares safe (GIT_CONFIG_COUNT): containers are set up like that. */
export function safeGitDirectories(from: Environment): string[] {
  const count = Number(from["GIT_CONFIG_COUNT"] ?? 0);
  const found: string[] = [];
  for (let i = 0; i < count && i < 1_000; i += 1)
    if (from[`GIT_CONFIG_KEY_${i}`]?.toLowerCase() === "safe.directory") found.push(from[`GIT_CONFIG_VALUE_${i}`] ?? "");
  return found;
}
