import { renderToStringAsync } from "preact-render-to-string";
import type { Catalogue } from "../release/catalogue.ts";
import type { Place } from "./page/layout.tsx";
import { Home, type ListedDataset, Missing, NothingCurrent, Removed, Subject, Verify } from "./page/other-pages.tsx";
import type { ReleasePage, SubjectPage } from "./page/release.ts";
import { Page } from "./page/release-page.tsx";

const html = async (node: Parameters<typeof renderToStringAsync>[0]): Promise<string> =>
  `<!doctype html>\n${await renderToStringAsync(node)}\n`;

export const releasePage = (page: ReleasePage): Promise<string> => html(<Page page={page} />);
export const subjectPage = (page: SubjectPage): Promise<string> => html(<Subject page={page} />);
export const homePage = (datasets: ListedDataset[], place: Place): Promise<string> => html(<Home datasets={datasets} place={place} />);
export const nothingCurrentPage = (page: { name: string; title: string; catalogue: Catalogue; place: Place }): Promise<string> =>
  html(<NothingCurrent {...page} />);
export const removedPage = (page: { name: string; title: string; version: string; reason: string; place: Place }): Promise<string> =>
  html(<Removed {...page} />);
export const missingPage = (place: Place): Promise<string> => html(<Missing place={place} />);
export const verifyPage = (place: Place): Promise<string> => html(<Verify place={place} />);
