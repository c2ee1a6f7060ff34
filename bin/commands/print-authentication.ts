import { out } from "../out.ts";

/** Prints as the last line whose keys authenticate the data. */
export function printAuthentication(keys: readonly string[], isPinned: boolean): void {
  if (isPinned) out(`Authenticated: signed by ${keys.join(", ")} (a key from --keys).`);
  else
    out(
      `Not authenticated: ${keys.length > 0 ? "the public keys come from the checked site itself: anyone who can change the site can change them" : "no key confirms its origin"}. Get the publisher's public keys (jwks.json) another way, such as from its git repository (.well-known/) or by e-mail. Then pass them with --keys. See docs/verify.md.`,
    );
}
