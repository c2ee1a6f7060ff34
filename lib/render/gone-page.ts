import { environmentWithoutScript, pageEnvironment } from "../site/page-environment.ts";
import { missingPage } from "../site/pages.tsx";
import type { Site } from "./site.ts";

/** Replaces a page that no release has any more. */
export const gonePage = (site: Site): Promise<string> => missingPage(environmentWithoutScript(pageEnvironment("/assets/", site.url)));
