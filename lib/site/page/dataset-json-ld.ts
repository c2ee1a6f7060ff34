import { citedAuthors } from "../../dataset/cited-authors.ts";
import type { Contributor } from "../../dataset/metadata.ts";
import { fileExtension } from "../../formats/file-extension.ts";
import { formatWithExtension } from "../../formats/format-with-extension.ts";
import { pageVersion, type ReleasePage } from "./release-page.ts";

/** A description for Google's Dataset Search, which requires 50 to 5,000 characters. */
function described(page: ReleasePage): string {
  const more = `${page.title}, version ${pageVersion(page)}: ${page.tables.map(({ plan, count }) => `${count} ${plan.title.toLowerCase()}`).join(", ")}.`;
  const text = page.description.length < 50 ? `${page.description} ${more}` : page.description;
  return (text.length < 50 ? `${text} An open dataset, with every version kept.` : text).slice(0, 5_000);
}

function covered(page: ReleasePage): string | undefined {
  return page.main?.covered?.join("/");
}

/** schema.org `Dataset` (https://developers.google.com/search/docs/appearance/structured-data/dataset). */
export function datasetJsonLd(page: ReleasePage): object {
  const site = page.env.site ?? "";
  const url = page.version === null || page.isNewest ? `${site}/${page.name}/` : `${site}/${page.name}/${page.version}/`;
  const [license] = page.licenses;
  const coverage = covered(page);
  const publishers = (page.contributors ?? []).filter(({ roles }) => roles?.includes("publisher"));
  const organizations = (people: Contributor[]): object[] =>
    people.map(({ title, path, email }) => ({
      "@type": "Organization",
      name: title,
      ...(path ? { url: path } : {}),
      ...(email ? { contactPoint: { "@type": "ContactPoint", email } } : {}),
    }));
  return {
    "@context": "https://schema.org/",
    "@type": "Dataset",
    name: page.title,
    alternateName: page.name,
    description: described(page),
    url,
    identifier: `${site}/${page.name}/${page.version ?? ""}`,
    version: pageVersion(page),
    ...(page.date ? { datePublished: page.date.slice(0, 10), dateModified: page.date.slice(0, 10) } : {}),
    isAccessibleForFree: true,
    ...(license ? { license: license.path ?? license.name } : {}),
    creator: organizations(citedAuthors(page)),
    ...(publishers.length > 0 ? { publisher: organizations(publishers) } : {}),
    ...(page.keywords?.length ? { keywords: page.keywords } : {}),
    ...(page.homepage ? { sameAs: page.homepage } : {}),
    ...(coverage ? { temporalCoverage: coverage } : {}),
    ...(page.spatial ? { spatialCoverage: page.spatial.map((name) => ({ "@type": "Place", name })) } : {}),
    variableMeasured: (page.main?.plan ?? page.tables[0]?.plan)?.columns
      .filter(({ derived }) => derived === undefined)
      .map(({ name, title, schema }) => ({ "@type": "PropertyValue", name, description: schema.description ?? title })),
    distribution: page.files.flatMap(({ name, bytes, sha256 }) => {
      const format = formatWithExtension(fileExtension(name), page.formats);
      if (!format) return [];
      return [
        {
          "@type": "DataDownload",
          name,
          contentUrl: `${site}/${page.name}/${page.version ?? "preview"}/${name}`,
          encodingFormat: format.mediaType,
          contentSize: `${bytes} B`,
          sha256,
        },
      ];
    }),
  };
}
