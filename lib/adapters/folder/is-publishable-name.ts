const MAX_NAME_BYTES = 255;

/**
 * Whether a file or folder may have this name, in a store and in clones on every system: one path segment, no control
 * characters, no separators of another system, no trailing space or dot (Windows drops them).
 */
export const isPublishableName = (name: string): boolean =>
  name !== "" && !/^\.{1,2}$|[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]|[ .]$/u.test(name) && Buffer.byteLength(name) <= MAX_NAME_BYTES;
