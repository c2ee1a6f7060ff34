/** A published file is not valid in its format. The message continues the file name. */
export class DamagedFormatError extends Error {
  override name = "DamagedFormatError";
}
