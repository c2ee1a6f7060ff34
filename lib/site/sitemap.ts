const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Of a file, by the protocol. */
const MAX_ADDRESSES = 50_000;

interface MappedDataset {
  name: string;
  date: string | null;
  /** Of the pages of the newest release besides the dataset's own. */
  paths: readonly string[];
}

/**
 * `sitemap.xml` (sitemaps.org 0.9): the list of datasets, the page of each, and those of its subjects, sources and lists. Older versions
 * and comparisons are left out: search engines should find the newest.
 */
export function sitemap(site: string, datasets: readonly MappedDataset[]): string {
  const pages = [
    { path: "/", date: null },
    ...datasets.map(({ name, date }) => ({ path: `/${name}/`, date })),
    ...datasets.flatMap(({ paths, date }) => paths.map((path) => ({ path, date }))),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...pages
      .slice(0, MAX_ADDRESSES)
      .map(({ path, date }) => ` <url><loc>${escaped(site + path)}</loc>${date ? `<lastmod>${date.slice(0, 10)}</lastmod>` : ""}</url>`),
    "</urlset>",
    "",
  ].join("\n");
}
