/** Placeholder for a site address that is not known; the browser fills in the actual one (`fillInAddress`). */
export const NO_ADDRESS = "https://…";
