/**
 * The forge is not set up yet: the credentials do not have the form that the adapter expects, such as a placeholder that has not been replaced,
 * or their account has no access to the repository.
 */
export class ForgeNotSetUpError extends Error {
  override name = "ForgeNotSetUpError";
}
