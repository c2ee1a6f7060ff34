/** Placeholder for the unknown address of a site; a browser replaces it with its own (`fillInAddress`). */
export const NO_ADDRESS = "https://…";
