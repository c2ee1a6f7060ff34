/** Text of `robots.txt` (RFC 9309). Pages of older versions have `noindex` themselves. */
export const robots = (site: string | undefined): string =>
  ["User-agent: *", "Allow: /", ...(site ? ["", `Sitemap: ${site}/sitemap.xml`] : []), ""].join("\n");
