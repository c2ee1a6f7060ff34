import semver from "semver";

/** A major change is announced where the floor has a higher major than the newest release. */
export const majorIsAnnounced = (newest: string, floor: string): boolean => semver.major(floor) > semver.major(newest);
