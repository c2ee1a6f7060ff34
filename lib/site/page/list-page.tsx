import type { ComponentChildren } from "preact";
import { humanDate } from "../explorer/human-date.ts";
import { EndedBanner } from "./banner.tsx";
import { PageFrame } from "./page-frame.tsx";
import { pageVersion, type ReleasePage } from "./release-page.ts";

interface ListPageProps {
  page: ReleasePage;
  heading: string;
  description: string;
  path: string;
  children: ComponentChildren;
}

/** The layout of a list that is a separate page. */
export const ListPage = ({ page, heading, description, path, children }: ListPageProps) => (
  <PageFrame env={page.env} release={page} head={{ title: `${heading} · ${page.title}`, description, canonical: path }}>
    {page.ended ? <EndedBanner end={page.ended} name={page.name} version={pageVersion(page)} /> : null}
    <main id="main" class="wide">
      <p class="crumbs">
        <a href={`/${page.name}/`}>{page.title}</a>, version {pageVersion(page)}
        {page.date ? `, ${humanDate(page.date.slice(0, 10))}` : ""}
      </p>
      <h1>{heading}</h1>
      {children}
    </main>
  </PageFrame>
);
