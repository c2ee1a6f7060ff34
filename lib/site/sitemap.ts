import { comparisonAddress } from "./versions/comparison-address.ts";

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Maximum addresses per file, by the protocol. */
const MAX_ADDRESSES = 50_000;

interface MappedDataset {
  name: string;
  date: string | null;
  /** Paths of the pages that belong to the newest release. */
  paths: readonly string[];
  /** The comparisons of neighbouring versions, newest first. */
  comparisons: readonly { from: string; to: string; date: string | null }[];
}

/**
 * Text of `sitemap.xml` (sitemaps.org 0.9): the list of datasets, their pages, those of their subjects, sources and lists, and comparisons
 * of neighbouring versions. Older versions are left out, so that search engines find the newest.
 */
export function sitemap(site: string, datasets: readonly MappedDataset[]): string {
  const pages = [
    { path: "/", date: null },
    ...datasets.map(({ name, date }) => ({ path: `/${name}/`, date })),
    ...datasets.flatMap(({ paths, date }) => paths.map((path) => ({ path, date }))),
    ...datasets.flatMap(({ name, comparisons }) =>
      comparisons.map(({ from, to, date }) => ({ path: comparisonAddress(name, from, to).replace(/#.*/, ""), date })),
    ),
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
