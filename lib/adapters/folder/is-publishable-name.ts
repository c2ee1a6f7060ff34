const MAX_NAME_BYTES = 255;

/**
 * Whether a file or folder name is valid in a store and in clones on every operating system: one path segment, no control characters, no
 * foreign path separators, no trailing space or dot (Windows drops them).
 */
export const isPublishableName = (name: string): boolean =>
  name !== "" && !/^\.{1,2}$|[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]|[ .]$/u.test(name) && Buffer.byteLength(name) <= MAX_NAME_BYTES;
