import type { Environment } from "./git-environment.ts";

/** Directories declared safe by environment variables (GIT_CONFIG_COUNT), as is common in containers. */
export function safeGitDirectories(from: Environment): string[] {
  const count = Number(from["GIT_CONFIG_COUNT"] ?? 0);
  const found: string[] = [];
  for (let i = 0; i < count && i < 1_000; i += 1)
    if (from[`GIT_CONFIG_KEY_${i}`]?.toLowerCase() === "safe.directory") found.push(from[`GIT_CONFIG_VALUE_${i}`] ?? "");
  return found;
}
