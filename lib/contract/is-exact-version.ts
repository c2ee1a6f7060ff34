/** Whether a text is the version of a release, such as 1.2.0. A release has no other form of SemVer. */
export const isExactVersion = (text: string): boolean => /^\d+\.\d+\.\d+$/.test(text);
