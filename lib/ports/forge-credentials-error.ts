/**
 * The forge is not set up yet: the credentials are not in the form of the adapter, such as a placeholder that has not been replaced, or the
 * account that they are of may not use the repository.
 */
export class ForgeCredentialsError extends Error {
  override name = "ForgeCredentialsError";
}
