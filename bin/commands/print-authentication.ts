import { out } from "../out.ts";

/** Prints the last line: whose keys authenticate the data. */
export function printAuthentication(keys: readonly string[], isPinned: boolean): void {
  if (isPinned) out(`Authenticated: signed by ${keys.join(", ")} (a key from --keys).`);
  else
    out(
      `Not authenticated: ${keys.length > 0 ? "the public keys come from the checked site itself, so anyone who can change it can change them" : "no key confirms its origin"}. Get the publisher's public keys (jwks.json) another way, such as from .well-known/ in its git repository, its own web site or by mail, and name them with --keys. See docs/verify.md.`,
    );
}
