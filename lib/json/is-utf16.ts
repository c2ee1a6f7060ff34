/** UTF-16 without a byte order mark: JSON starts with an ASCII character, so one of its first two bytes is 0. */
export const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0) !== (second === 0) && first !== undefined && second !== undefined;
