/** Key of the list of public keys in a store. */
export const KEY_SET = ".well-known/jwks.json";
