/** Whether this deployment has builds. */
export const hasLargeBuilds = (): boolean => process.env["LARGE_BUILDS"] === "true";
