import { recordNoun, recordNounOf } from "../../release/record-noun.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { counted } from "../explorer/counted.ts";
import type { ReleasePage } from "./release-page.ts";
import { splitLead } from "./split-lead.ts";

/** `3 facts`; with several tables, `4 records of History`. */
const contents = (plan: TablePlan, count: number, tables: number): string =>
  counted(count, tables > 1 ? recordNounOf(plan.title) : recordNoun(plan.title));

/** The description without its lead, and the number of records of each table. */
export const About = ({ page }: { page: ReleasePage }) => {
  const [, rest] = splitLead(page.description);
  const contradicted = page.main?.model.conflicts ?? 0;
  return (
    <section class="about" aria-labelledby="about">
      <h2 id="about">About this dataset</h2>
      {rest === "" ? null : <p dir="auto">{rest}</p>}
      {page.notCovered ? (
        <p dir="auto">
          <span class="muted">Not covered</span> {page.notCovered}
        </p>
      ) : null}
      {page.spatial ? (
        <p>
          <span class="muted">Places</span> <span dir="auto">{page.spatial.join(", ")}</span>
        </p>
      ) : null}
      <p>
        <span class="muted">Contains</span>{" "}
        {page.tables
          .map(
            ({ plan, count }) =>
              `${contents(plan, count, page.tables.length)}${contradicted > 0 && plan === page.main?.plan ? ` (${contradicted} with conflicting claims)` : ""}`,
          )
          .join(", ")}
      </p>
    </section>
  );
};
