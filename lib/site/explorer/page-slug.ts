/** The folder name of the page of a record, safe in URLs and file systems; undefined if the key cannot be one. */
export function pageSlug(key: string): string | undefined {
  const slug = key.replaceAll(":", "-");
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(slug) && slug.length <= 120 ? slug : undefined;
}
