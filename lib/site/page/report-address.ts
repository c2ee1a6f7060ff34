import { repositoryReportUrl } from "../../contract/repository-links.ts";
import { contacts } from "./contacts.ts";
import type { ReleasePage } from "./release-page.ts";

/** The text that a reporter completes, with the consent that publishing it requires. */
const reportText = (licenses: ReleasePage["licenses"]): string => {
  const named = licenses.map(({ name }) => name).join(", ");
  const consent = `\n\nWhat I write here may be published under the dataset's licence${named ? ` (${named})` : ""}.\n`;
  return `What is right?\n\n\nWho says so? (an address that others can open)\n${consent}`;
};

/** The address for reporting a mistake in a statement; undefined if the site has none. `subject`: of the report. */
export const reportAddress = (
  page: Pick<ReleasePage, "contributors" | "homepage" | "licenses" | "repository">,
  subject: string,
): string | undefined =>
  page.repository
    ? repositoryReportUrl(page.repository, subject, reportText(page.licenses))
    : (contacts(page, subject)[0]?.href ?? page.homepage);
