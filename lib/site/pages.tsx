import { renderToStringAsync } from "preact-render-to-string";
import type { Catalogue } from "../release/catalogue.ts";
import type { DatasetEnd } from "../release/dataset-end.ts";
import type { CardPage } from "./page/card-page.ts";
import { CardPageView } from "./page/card-page-view.tsx";
import { ColumnListView } from "./page/column-list-view.tsx";
import { HomePage, type ListedDataset } from "./page/home-page.tsx";
import type { PageEnvironment } from "./page/layout.tsx";
import { listPages } from "./page/list-pages.ts";
import { MissingPage } from "./page/missing-page.tsx";
import { NothingCurrentPage } from "./page/nothing-current-page.tsx";
import type { ReleasePage, SourcePage, SubjectPage } from "./page/release-page.ts";
import { ReleasePageView } from "./page/release-page-view.tsx";
import { RemovedPage } from "./page/removed-page.tsx";
import { SourceListView } from "./page/source-list-view.tsx";
import { SourcePageView } from "./page/source-page-view.tsx";
import { SubjectPageView } from "./page/subject-page-view.tsx";
import { VerifyPage } from "./page/verify-page.tsx";

const html = async (node: Parameters<typeof renderToStringAsync>[0]): Promise<string> =>
  `<!doctype html>\n${await renderToStringAsync(node)}\n`;

export const releasePage = (page: ReleasePage): Promise<string> => html(<ReleasePageView page={page} />);
export const subjectPage = (page: SubjectPage): Promise<string> => html(<SubjectPageView page={page} />);
export const sourcePage = (page: SourcePage): Promise<string> => html(<SourcePageView page={page} />);
export const cardPage = (page: CardPage): Promise<string> => html(<CardPageView page={page} />);
/** Renders the lists that are separate pages: path and text of each. */
export async function listPageTexts(page: ReleasePage): Promise<[path: string, text: string][]> {
  const { sources, columns } = listPages(page);
  return [
    ...(sources !== undefined && page.main
      ? [[sources, await html(<SourceListView page={page} main={page.main} path={sources} />)] as [string, string]]
      : []),
    ...(columns !== undefined ? [[columns, await html(<ColumnListView page={page} path={columns} />)] as [string, string]] : []),
  ];
}
export const homePage = (datasets: ListedDataset[], env: PageEnvironment): Promise<string> =>
  html(<HomePage datasets={datasets} env={env} />);
export const nothingCurrentPage = (page: {
  name: string;
  title: string;
  catalogue: Catalogue;
  ended?: DatasetEnd;
  env: PageEnvironment;
}): Promise<string> => html(<NothingCurrentPage {...page} />);
export const removedPage = (page: {
  name: string;
  title: string;
  version: string;
  reason: string;
  env: PageEnvironment;
}): Promise<string> => html(<RemovedPage {...page} />);
export const missingPage = (env: PageEnvironment, datasets: readonly { name: string; title: string }[], row?: string): Promise<string> =>
  html(<MissingPage env={env} datasets={datasets} {...(row === undefined ? {} : { row })} />);
export const verifyPage = (env: PageEnvironment): Promise<string> => html(<VerifyPage env={env} />);
