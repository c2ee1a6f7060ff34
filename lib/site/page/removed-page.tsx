import { MANIFEST_FILE, PACKAGE_FILE } from "../../contract/release-files.ts";
import { type PageEnvironment, PageFrame } from "./page-frame.tsx";

/** The page of a removed release. */
export const RemovedPage = (page: { name: string; title: string; version: string; reason: string; env: PageEnvironment }) => (
  <PageFrame env={page.env} head={{ title: `${page.title} (${page.version}, removed)`, robots: "noindex" }}>
    <main id="main" class="wide">
      <h1>{page.title}</h1>
      <p class="note">
        <strong>Version {page.version} was removed.</strong> {page.reason}
      </p>
      <p>
        Its <a href={`/${page.name}/${page.version}/${MANIFEST_FILE}`}>SHA256SUMS</a> and{" "}
        <a href={`/${page.name}/${page.version}/${PACKAGE_FILE}`}>datapackage.json</a> stay, so that the chain of releases can be checked.
        The newest version is at <a href={`/${page.name}/`}>/{page.name}/</a>.
      </p>
    </main>
  </PageFrame>
);
