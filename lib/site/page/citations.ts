import { NO_ADDRESS } from "../../contract/no-address.ts";
import { citedAuthors } from "../../dataset/cited-authors.ts";
import { pageVersion, type ReleasePage } from "./release-page.ts";

interface Cited {
  authors: string[];
  year: string;
  title: string;
  version: string;
  url: string;
  key: string;
}

const TEX: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "%": "\\%",
  "&": "\\&",
  "#": "\\#",
  _: "\\_",
  $: "\\$",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};
const tex = (text: string): string => text.replace(/[\\{}%&#_$~^]/g, (c) => TEX[c] as string).replace(/\s+/g, " ");

const citedOf = (page: ReleasePage): Cited => ({
  authors: citedAuthors(page).map(({ title }) => title),
  year: page.date?.slice(0, 4) ?? "n.d.",
  title: page.title,
  version: pageVersion(page),
  url: `${page.env.site ?? NO_ADDRESS}${page.version === null ? `/${page.name}/` : `/${page.name}/${page.version}/`}`,
  key: `${page.name}-${pageVersion(page)}`.replace(/[^a-z0-9-]/g, "_"),
});

/** The citation of a release, without its address. */
export function releaseCitation(page: ReleasePage): string {
  const { authors, year, title, version } = citedOf(page);
  return `${authors.join("; ")} (${year}). ${title} (version ${version}) [data set]`;
}

/** The citations of a release: as a sentence, as BibTeX, and as CSL-JSON (citationstyles.org, schema 1.0.2). */
export function citations(page: ReleasePage): { name: string; text: string }[] {
  const { authors, year, title, version, url, key } = citedOf(page);
  const [y, m, d] = page.date?.slice(0, 10).split("-").map(Number) ?? [];
  const csl = {
    id: key,
    type: "dataset",
    title,
    version,
    author: authors.map((literal) => ({ literal })),
    ...(y ? { issued: { "date-parts": [[y, m, d]] } } : {}),
    URL: url,
  };
  const bibtex = [
    `@misc{${key},`,
    `  author  = {${authors.map((author) => `{${tex(author)}}`).join(" and ")}},`,
    `  title   = {${tex(title)}},`,
    `  year    = {${year}},`,
    `  version = {${version}},`,
    `  note    = {Data set},`,
    `  url     = {${url}}`,
    "}",
  ].join("\n");
  return [
    { name: "Text", text: `${releaseCitation(page)}. ${url}` },
    { name: "BibTeX", text: bibtex },
    { name: "CSL-JSON", text: JSON.stringify([csl], null, 2) },
  ];
}
