const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** `sitemap.xml` (sitemaps.org 0.9): the list of datasets and the page of each, not every version of every subject. */
export const sitemap = (site: string, datasets: readonly { name: string; date: string | null }[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ` <url><loc>${escaped(site)}/</loc></url>`,
    ...datasets.map(
      ({ name, date }) => ` <url><loc>${escaped(site)}/${name}/</loc>${date ? `<lastmod>${date.slice(0, 10)}</lastmod>` : ""}</url>`,
    ),
    "</urlset>",
    "",
  ].join("\n");
