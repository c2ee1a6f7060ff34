import semver from "semver";

/** Whether the minimum version announces a major change: its major version is higher than that of the newest release. */
export const majorIsAnnounced = (newest: string, floor: string): boolean => semver.major(floor) > semver.major(newest);
