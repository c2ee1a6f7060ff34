/**
 * The signed head of a store, `.well-known/factpress-head.json`: the state of each catalogue when the publisher last
 * signed. A JWS in the flattened JSON serialization (RFC 7515, section 7.2.2), ES256, in one object, so that no cache can
 * pair a payload with the signature of another.
 */
export const HEAD_KEY = ".well-known/factpress-head.json";
