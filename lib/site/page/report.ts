import { NO_ADDRESS } from "../../contract/no-address.ts";
import { reportTitle } from "../../contract/report-title.ts";
import { repositoryReportUrl } from "../../contract/repository-links.ts";
import { isStatements } from "../explorer/is-statements.ts";
import { type Contact, contacts } from "./contacts.ts";
import { pageVersion, type ReleasePage } from "./release-page.ts";

/** How a mistake in a part of a dataset is reported. */
export interface Report {
  /** Address of a form that is filled in; missing without a repository. */
  form?: string;
  /** Contributors and the homepage, for sites without a repository. */
  contacts: Contact[];
  /** The report, for its writer to complete. */
  text: string;
}

/** What a report is about. */
export interface Reported {
  /** The id of a statement, or the name of a record or of the dataset. */
  name: string;
  /** Path on the site. */
  path: string;
  /** What a statement says, in a sentence. Without it, the report asks which part is wrong. */
  said?: string;
}

type Publisher = Pick<ReleasePage, "contributors" | "env" | "homepage" | "licenses" | "repository" | "tables" | "title" | "version">;

/** Asks which part of a page is wrong. */
const whichPart = (tables: Publisher["tables"]): string =>
  tables.some(({ plan }) => isStatements(plan)) ? "Which statement? (its id or address)" : "Which value? (its row and column)";

/** Asks for what a correction needs, and for the consent that publishing it requires. */
function reportText({ env, licenses, tables }: Publisher, { name, path, said }: Reported): string {
  const named = licenses.map((license) => license.name).join(", ");
  return [
    `${name}: ${env.site ?? NO_ADDRESS}${path}`,
    // Truncated, because a form takes the text as a part of its address.
    ...(said === undefined ? ["", whichPart(tables), ""] : [`It says: ${reportTitle(said)}`]),
    "",
    "What is right?",
    "",
    "",
    "Who says so? (an address that others can open)",
    "",
    "",
    `What I write here may be published under the dataset's licence${named ? ` (${named})` : ""}.`,
    "",
  ].join("\n");
}

export function makeReport(page: Publisher, reported: Reported): Report {
  const text = reportText(page, reported);
  const subject = `${page.title}, version ${pageVersion(page)}: ${reported.name}`;
  const { homepage } = page;
  return {
    ...(page.repository ? { form: repositoryReportUrl(page.repository, subject, text) } : {}),
    contacts: [...contacts(page, { subject, body: text }), ...(homepage === undefined ? [] : [{ title: homepage, href: homepage }])],
    text,
  };
}
