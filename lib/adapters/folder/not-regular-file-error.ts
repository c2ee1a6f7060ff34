/** The path is a link, a folder, a pipe, a socket or a device. */
export class NotRegularFileError extends Error {
  override name = "NotRegularFileError";
}
