import { type PageEnvironment, PageFrame } from "./page-frame.tsx";

interface MissingPageProps {
  env: PageEnvironment;
  /** The datasets of the site, or only the one of the missing page. */
  datasets: readonly { name: string; title: string }[];
  /** The address of the row of the missing page's record. */
  row?: string;
}

/** Maximum datasets listed; the list of all datasets has more. */
const LISTED = 20;

/** The page for missing addresses. It is the same for all addresses, so it lists the datasets. */
export const MissingPage = ({ env, datasets, row }: MissingPageProps) => (
  <PageFrame env={env} head={{ title: "Not found", robots: "noindex" }}>
    <main id="main" class="wide">
      <h1>Page not found</h1>
      <p>There is no such dataset, version, file, source or subject here; it may have had another name, or a version that was removed.</p>
      {row === undefined ? null : (
        <p>
          If the page was about a statement that has no page any more: <a href={row}>the statement in the newest version</a>.
        </p>
      )}
      {datasets.length === 0 ? null : (
        <ul>
          {datasets.slice(0, LISTED).map(({ name, title }) => (
            <li key={name}>
              <a href={`/${name}/`}>{title}</a>: its newest version, with all subjects and sources;{" "}
              <a href={`/${name}/#versions`}>all versions</a>
            </li>
          ))}
        </ul>
      )}
    </main>
  </PageFrame>
);
