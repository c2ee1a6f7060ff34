import { renderToStringAsync } from "preact-render-to-string";
import type { Catalogue } from "../release/catalogue.ts";
import type { PageEnvironment } from "./page/layout.tsx";
import { Home, type ListedDataset, Missing, NothingCurrent, Removed, Subject, Verify } from "./page/other-pages.tsx";
import type { ReleasePage, SubjectPage } from "./page/release.ts";
import { Page } from "./page/release-page.tsx";

const html = async (node: Parameters<typeof renderToStringAsync>[0]): Promise<string> =>
  `<!doctype html>\n${await renderToStringAsync(node)}\n`;

export const releasePage = (page: ReleasePage): Promise<string> => html(<Page page={page} />);
export const subjectPage = (page: SubjectPage): Promise<string> => html(<Subject page={page} />);
export const homePage = (datasets: ListedDataset[], env: PageEnvironment): Promise<string> => html(<Home datasets={datasets} env={env} />);
export const nothingCurrentPage = (page: { name: string; title: string; catalogue: Catalogue; env: PageEnvironment }): Promise<string> =>
  html(<NothingCurrent {...page} />);
export const removedPage = (page: {
  name: string;
  title: string;
  version: string;
  reason: string;
  env: PageEnvironment;
}): Promise<string> => html(<Removed {...page} />);
export const missingPage = (env: PageEnvironment): Promise<string> => html(<Missing env={env} />);
export const verifyPage = (env: PageEnvironment): Promise<string> => html(<Verify env={env} />);
