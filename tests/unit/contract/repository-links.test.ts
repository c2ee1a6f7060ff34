import { expect, it } from "vitest";
import {
  type LinkedRepository,
  repositoryFilesUrl,
  repositoryFolderUrl,
  repositoryIssueUrl,
  repositoryReportUrl,
} from "../../../lib/contract/repository-links.ts";

const linksOf = (repository: LinkedRepository): string[] => [
  repositoryFilesUrl(repository, "HEAD"),
  repositoryFilesUrl(repository, "a1b2c3"),
  repositoryFolderUrl(repository, "data/pact"),
  repositoryIssueUrl(repository),
  repositoryReportUrl(repository, "A & B {body}", "Right?\n"),
];

it("links to the files, folders and issues of a repository on GitHub", () => {
  expect(linksOf({ url: "https://github.com/owner/name" })).toEqual([
    "https://github.com/owner/name/blob/HEAD/",
    "https://github.com/owner/name/blob/a1b2c3/",
    "https://github.com/owner/name/tree/HEAD/data/pact",
    "https://github.com/owner/name/issues/new/choose",
    "https://github.com/owner/name/issues/new?title=A%20%26%20B%20%7Bbody%7D&body=Right%3F%0A",
  ]);
});

it("truncates the title of a report, between characters, so that its address is accepted", () => {
  const at = (title: string): URL => new URL(repositoryReportUrl({ url: "https://github.com/owner/name" }, title, "body"));
  expect(at("x".repeat(250)).searchParams.get("title")).toBe("x".repeat(250));
  expect(at("x".repeat(251)).searchParams.get("title")).toBe(`${"x".repeat(249)}…`);
  expect(at(`${"x".repeat(248)}😀 and more`).searchParams.get("title")).toBe(`${"x".repeat(248)}…`);
  for (const character of ["א", "中", "😀"]) expect(at(character.repeat(4_000)).href.length).toBeLessThan(3_000);
});

it("links to the pages of another forge", () => {
  const links = { file: "/src/{commit}/", folder: "/src/{commit}/", issue: "/tickets/new" };
  expect(linksOf({ url: "https://forge.example/name", links })).toEqual([
    "https://forge.example/name/src/HEAD/",
    "https://forge.example/name/src/a1b2c3/",
    "https://forge.example/name/src/HEAD/data/pact",
    "https://forge.example/name/tickets/new",
    "https://forge.example/name/tickets/new",
  ]);
});
