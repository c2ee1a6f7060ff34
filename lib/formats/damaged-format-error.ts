/** A published file is not what its format says; the message continues the name of the file. */
export class DamagedFormatError extends Error {
  override name = "DamagedFormatError";
}
