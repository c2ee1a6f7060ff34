/** The credentials are not in the form of the adapter, such as a placeholder that has not been replaced yet. */
export class ForgeCredentialsError extends Error {
  override name = "ForgeCredentialsError";
}
