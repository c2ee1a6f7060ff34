import type { Contributor, Metadata } from "./metadata.ts";

/** The contributors to cite as authors. Those that are only publishers are left out, unless there are no others. */
export function citedAuthors({ contributors = [], title }: Pick<Metadata, "contributors" | "title">): Contributor[] {
  const authors = contributors.filter(
    ({ roles }) => roles === undefined || roles.length === 0 || roles.some((role) => role !== "publisher"),
  );
  return [authors, contributors, [{ title: `The contributors to ${title}` }]].find(({ length }) => length > 0) ?? [];
}
