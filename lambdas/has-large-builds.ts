import { optionalSetting } from "./setting.ts";

/** Whether this deployment has builds for large datasets. */
export const hasLargeBuilds = (): boolean => optionalSetting("LARGE_BUILDS") === "true";
