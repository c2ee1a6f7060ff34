import { reportTitle } from "../../contract/report-title.ts";
import type { ReleasePage } from "./release-page.ts";

/** Whom readers can ask; without `href`, only the name is known. */
export interface Contact {
  title: string;
  href?: string;
}

/** The contributors: by e-mail, or else at an address of their own. The second argument: the texts of the e-mail. */
export function contacts(
  { contributors = [] }: Pick<ReleasePage, "contributors">,
  { subject, body }: { subject: string; body: string },
): Contact[] {
  const query = `?subject=${encodeURIComponent(reportTitle(subject))}&body=${encodeURIComponent(body)}`;
  return contributors.map(({ title, email, path }) => {
    if (email !== undefined) return { title, href: `mailto:${email.split("@").map(encodeURIComponent).join("@")}${query}` };
    return path !== undefined && /^https?:\/\//i.test(path) ? { title, href: path } : { title };
  });
}
