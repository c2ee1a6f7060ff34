import { CopiedText } from "./copied-text.tsx";
import type { Report } from "./report.ts";

/** Whom to send a report to. */
const ReportContacts = ({ contacts }: Pick<Report, "contacts">) => {
  const reached = contacts.filter(({ href }) => href !== undefined);
  if (reached.length === 0) {
    const names = contacts.map(({ title }) => title).join(", ");
    return (
      <>This site names no address for reports. If you know how to reach {names || "its publisher"}, send them this text, completed:</>
    );
  }
  return (
    <>
      Send this text, completed, to{" "}
      {reached.map(({ title, href }, i) => [
        i > 0 ? ", " : "",
        <a key={href} href={href} dir="auto">
          {title}
        </a>,
      ])}
      :
    </>
  );
};

export const hasReportPanel = ({ form, contacts }: Report): boolean =>
  form === undefined || contacts.some(({ href }) => href !== undefined);

/** A report to copy, for sites without a repository, and for readers without an account there. */
export const ReportPanel = ({ report }: { report: Report }) =>
  hasReportPanel(report) ? (
    <details class="panel">
      <summary>Report a mistake{report.form === undefined ? "" : " without an account"}</summary>
      {/* For the target of a link, a browser opens the elements that contain it, not the target itself. */}
      <div id="report">
        <p>
          <ReportContacts contacts={report.contacts} />
        </p>
        <CopiedText of="the report" text={report.text} />
      </div>
    </details>
  ) : null;
