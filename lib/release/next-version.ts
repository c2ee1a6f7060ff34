import semver from "semver";
import type { ChangeLevel } from "./difference.ts";

/** The next version: the newest version raised by the level, or the minimum version if that is higher. */
export function nextVersion(newest: string | undefined, level: ChangeLevel | "first", minimumVersion: string): string {
  if (newest === undefined || level === "first" || level === "none") return minimumVersion;
  const raised = semver.inc(newest, level) as string;
  return semver.gt(minimumVersion, raised) ? minimumVersion : raised;
}

export const nextPatchVersion = (version: string): string => semver.inc(version, "patch") as string;
