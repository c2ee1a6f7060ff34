import { repositoryIssueUrl } from "../../contract/repository-links.ts";
import { contacts } from "./contacts.ts";
import type { ReleasePage } from "./release-page.ts";

/** The address for reporting a mistake in a statement; undefined if the site has none. `subject`: of an e-mail. */
export const reportAddress = (page: Pick<ReleasePage, "contributors" | "homepage" | "repository">, subject: string): string | undefined =>
  page.repository ? repositoryIssueUrl(page.repository) : (contacts(page, subject)[0]?.href ?? page.homepage);
