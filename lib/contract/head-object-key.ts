/**
 * Key of the signed head of a store: the state of each catalogue when the publisher last signed. It is a JWS with ES256 in
 * the flattened JSON serialization (RFC 7515, section 7.2.2): one object, so that no cache can pair a payload with the
 * signature of another.
 */
export const HEAD_OBJECT_KEY = ".well-known/factpress-head.json";

/** The part of the key that a listing names. */
export const HEAD_FOLDER = ".well-known/";
