import { STYLE_HASH } from "../contract/style-hash.generated.ts";

/** Sent with every response. */
export const COMMON_HEADERS: Record<string, string> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Content-Range, Accept-Ranges, Content-Length, ETag",
  "x-content-type-options": "nosniff",
};

/** Sent with every response to a preflight request. Repeated in the edge function. */
export const PREFLIGHT_HEADERS: Record<string, string> = {
  "access-control-allow-methods": "GET, HEAD, OPTIONS",
  "access-control-allow-headers": "*",
  "access-control-max-age": "86400",
};

/** Sent with every response, although only pages need them, because a CDN policy cannot depend on the media type. */
export const PAGE_HEADERS: Record<string, string> = {
  "content-security-policy": `default-src 'none'; script-src 'self'; style-src 'self' '${STYLE_HASH}'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
  "referrer-policy": "strict-origin-when-cross-origin",
};
