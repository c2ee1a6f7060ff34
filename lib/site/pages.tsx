import { renderToStringAsync } from "preact-render-to-string";
import type { Catalogue } from "../release/catalogue.ts";
import type { DatasetEnd } from "../release/dataset-end.ts";
import type { CardPage } from "./page/card-page.ts";
import { CardPageContent } from "./page/card-page-content.tsx";
import { HomePage, type ListedDataset } from "./page/home-page.tsx";
import { listPages } from "./page/list-pages.ts";
import { ListedColumns } from "./page/listed-columns.tsx";
import { ListedSources } from "./page/listed-sources.tsx";
import { MissingPage } from "./page/missing-page.tsx";
import { NothingCurrentPage } from "./page/nothing-current-page.tsx";
import type { PageEnvironment } from "./page/page-frame.tsx";
import type { ReleasePage, SourcePage, SubjectPage } from "./page/release-page.ts";
import { ReleasePageContent } from "./page/release-page-content.tsx";
import { RemovedPage } from "./page/removed-page.tsx";
import { SourcePageContent } from "./page/source-page-content.tsx";
import { SubjectPageContent } from "./page/subject-page-content.tsx";
import { VerifyPage } from "./page/verify-page.tsx";

const html = async (node: Parameters<typeof renderToStringAsync>[0]): Promise<string> =>
  `<!doctype html>\n${await renderToStringAsync(node)}\n`;

export const releasePage = (page: ReleasePage): Promise<string> => html(<ReleasePageContent page={page} />);
export const subjectPage = (page: SubjectPage): Promise<string> => html(<SubjectPageContent page={page} />);
export const sourcePage = (page: SourcePage): Promise<string> => html(<SourcePageContent page={page} />);
export const cardPage = (page: CardPage): Promise<string> => html(<CardPageContent page={page} />);
/** Renders the lists that are separate pages: path and text of each. */
export async function listPageTexts(page: ReleasePage): Promise<[path: string, text: string][]> {
  const { sources, columns } = listPages(page);
  return [
    ...(sources !== undefined && page.main
      ? [[sources, await html(<ListedSources page={page} main={page.main} path={sources} />)] as [string, string]]
      : []),
    ...(columns !== undefined ? [[columns, await html(<ListedColumns page={page} path={columns} />)] as [string, string]] : []),
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
