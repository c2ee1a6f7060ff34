/** Whether a text has the form of a release's version, such as 1.2.0: no range, no prerelease, no build metadata. */
export const isExactVersion = (text: string): boolean => /^\d+\.\d+\.\d+$/.test(text);
