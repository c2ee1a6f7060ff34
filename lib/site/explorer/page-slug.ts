/** Name of a record's page: safe in an address and as the name of a folder; undefined for a key that is neither. */
export function pageSlug(key: string): string | undefined {
  const slug = key.replaceAll(":", "-");
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(slug) && slug.length <= 120 ? slug : undefined;
}
