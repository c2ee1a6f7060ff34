/** Maximum characters: a folder name has at most 255. */
const MAX_CHARACTERS = 200;

/** What `encodeURIComponent` leaves as it is, besides letters, digits, `.`, `_` and `-`. */
const LEFT = /[!~*'()]/g;

const hex = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * The folder name of the page of a record, safe in URLs and file systems; undefined if it would be too long. `:` becomes `-`. A key with
 * other signs, such as `New York`, is encoded as a whole: each byte of UTF-8 that is no letter or digit nor `.`, `_` or `-` is `~` and two
 * hexadecimal digits. So it never equals the name of another key.
 */
export function pageSlug(key: string): string | undefined {
  const plain = key.replaceAll(":", "-");
  const slug = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(plain)
    ? plain
    : encodeURIComponent(key)
        .replace(LEFT, hex)
        .replace(/^[._-]/, hex)
        .replaceAll("%", "~");
  return slug !== "" && slug.length <= MAX_CHARACTERS ? slug : undefined;
}

/** The key of a folder name; where it is ambiguous, the one without `:`. */
export const keyOfSlug = (slug: string): string => {
  try {
    return decodeURIComponent(slug.replaceAll("~", "%"));
  } catch (error) {
    // Not a name that `pageSlug` makes.
    if (!(error instanceof URIError)) throw error;
    return slug;
  }
};
