import { repositoryReportUrl } from "../../contract/repository-links.ts";
import { contacts } from "./contacts.ts";
import type { ReleasePage } from "./release-page.ts";

/** What a report has to say. */
const ASKED = "What is right?\n\n\nWho says so? (an address that others can open)\n";

/** The address for reporting a mistake in a statement; undefined if the site has none. `subject`: of the report. */
export const reportAddress = (page: Pick<ReleasePage, "contributors" | "homepage" | "repository">, subject: string): string | undefined =>
  page.repository ? repositoryReportUrl(page.repository, subject, ASKED) : (contacts(page, subject)[0]?.href ?? page.homepage);
