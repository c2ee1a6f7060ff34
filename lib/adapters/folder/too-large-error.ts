/** A file exceeds its size limit. */
export class TooLargeError extends Error {
  override name = "TooLargeError";
}

const MIB = 1024 * 1024;

export const tooLarge = (what: string, maxBytes: number): TooLargeError =>
  new TooLargeError(`${what} is too large: more than ${maxBytes >= MIB ? `${Math.floor(maxBytes / MIB)} MiB` : `${maxBytes} bytes`}`);
