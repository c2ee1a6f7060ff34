import { optionalSetting } from "./setting.ts";

/** Whether this deployment has builds. */
export const hasLargeBuilds = (): boolean => optionalSetting("LARGE_BUILDS") === "true";
