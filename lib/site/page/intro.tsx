import { NO_ADDRESS } from "../../contract/no-address.ts";
import { citedAuthors } from "../../dataset/cited-authors.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { counted } from "../explorer/counted.ts";
import { humanDate } from "../explorer/human-date.ts";
import { Icon } from "../explorer/icon.tsx";
import { sourceTitle } from "../explorer/source-name.ts";
import { contradictedText } from "./contradicted-text.ts";
import { featuredFiles } from "./featured-files.ts";
import { fileSize } from "./file-size.ts";
import { offeredPlans } from "./offered-plans.ts";
import { pageVersion, type ReleasePage } from "./release-page.ts";
import { splitLead } from "./split-lead.ts";

const Fact = ({ title, children }: { title: string; children: preact.ComponentChildren }) => (
  <div>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
);

/** The featured files: of the main table, of each view, and of all tables. */
function offeredFiles(page: ReleasePage, plan: TablePlan | undefined): { title: string; files: ReturnType<typeof featuredFiles> }[] {
  const plans = offeredPlans(page, plan);
  const whole = page.tables.length === 1 ? "The whole dataset" : `All ${counted(page.tables.length, ["table", "tables"])}`;
  const named = plans.flatMap((each) => (each === plan ? [] : [`, with ${each.title}`])).join("");
  const all = featuredFiles(page, plan);
  return [
    ...plans.map((each) => ({
      title: each.title,
      files: featuredFiles(page, each).filter(({ isOfTable }) => isOfTable),
    })),
    { title: `${whole}${named}`, files: all.filter(({ isOfTable }) => !isOfTable) },
  ].filter(({ files }) => files.length > 0);
}

const Get = ({ page }: { page: ReleasePage }) => {
  const plan = page.main?.plan ?? page.tables[0]?.plan;
  const offered = offeredFiles(page, plan);
  const folder = `${page.env.site ?? NO_ADDRESS}/${page.name}/${pageVersion(page)}/`;
  return (
    <div class="panel get">
      <h2>Get the data</h2>
      <div class="offered">
        {offered.map(({ title, files }) => (
          <p key={title} class="buttons">
            <span class="of">{title}</span>
            {files.map(({ name, label, bytes }) => (
              <span key={name} class="offer">
                <a class="button dark" href={`${page.base}${name}`}>
                  <span class="hidden">{title}: </span>
                  {label} <small>{fileSize(bytes)}</small>
                </a>
                {page.version === null ? null : (
                  <button type="button" class="dark live" title="Copy the address" data-copy={`${folder}${name}`}>
                    <Icon name="copy" />
                    <span class="hidden">Copy the address of {name}</span>
                  </button>
                )}
              </span>
            ))}
          </p>
        ))}
      </div>
      {page.version === null ? null : <p class="address muted">The addresses of files of version {page.version} never change.</p>}
      <p class="ends">
        <a href="#use">Code, all files and checksums</a> <a href="#cite">Cite</a>
      </p>
    </div>
  );
};

/** Title, description and facts of a release, beside its downloads. */
export const Intro = ({ page }: { page: ReleasePage }) => {
  const [disputed] = page.sources
    .filter(({ contradicted = 0 }) => contradicted > 0)
    .toSorted((a, b) => (b.contradicted ?? 0) - (a.contradicted ?? 0));
  const [lead] = splitLead(page.description);
  return (
    <div class="intro">
      <div>
        <h1 dir="auto">{page.title}</h1>
        <p class="lead" dir="auto">
          {lead}
        </p>
        {disputed?.path !== undefined ? (
          <p>
            <a href={disputed.path}>
              What may be wrong in {sourceTitle(disputed)}:{" "}
              {contradictedText(disputed.contradicted ?? 0, disputed.passages, ["statement", "statements"])} that other sources contradict
            </a>
          </p>
        ) : null}
        <dl class="facts">
          <Fact title="Version">
            {pageVersion(page)} {page.isNewest && page.version !== null ? <span class="badge">latest</span> : null}
          </Fact>
          {page.date ? (
            <Fact title="Published">
              <time datetime={page.date}>{humanDate(page.date.slice(0, 10))}</time>
            </Fact>
          ) : null}
          {page.researchedUntil ? (
            <Fact title="Sources until">
              <time datetime={page.researchedUntil}>{humanDate(page.researchedUntil)}</time>
            </Fact>
          ) : null}
          <Fact title="Made by">
            {citedAuthors(page)
              .map(({ title }) => title)
              .join(", ")}
          </Fact>
          <Fact title="Licence">
            {page.licenses.map(({ name, path }) =>
              path ? (
                <a key={name} rel="license" href={path}>
                  {name}
                </a>
              ) : (
                name
              ),
            )}
          </Fact>
        </dl>
      </div>
      <Get page={page} />
    </div>
  );
};
