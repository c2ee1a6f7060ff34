import { reportTitle } from "../../contract/report-title.ts";
import type { ReleasePage } from "./release-page.ts";

/** The contributors whom readers can write to: by e-mail, or else at an address of their own. `subject`: of the e-mail. */
export function contacts({ contributors = [] }: Pick<ReleasePage, "contributors">, subject?: string): { title: string; href: string }[] {
  const query = subject === undefined ? "" : `?subject=${encodeURIComponent(reportTitle(subject))}`;
  return contributors.flatMap(({ title, email, path }) =>
    email !== undefined
      ? [{ title, href: `mailto:${email.split("@").map(encodeURIComponent).join("@")}${query}` }]
      : path !== undefined && /^https?:\/\//i.test(path)
        ? [{ title, href: path }]
        : [],
  );
}
