import semver from "semver";

/** Whether the minimum version announces a major change, by a higher major version than that of the newest release. */
export const majorIsAnnounced = (newest: string, minimumVersion: string): boolean => semver.major(minimumVersion) > semver.major(newest);
