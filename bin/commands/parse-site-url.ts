import { UsageError } from "../usage-error.ts";

/** The address of a site, without a trailing slash. Throws `UsageError`. */
export function parseSiteUrl(text: string): string {
  const url = text.replace(/\/+$/, "");
  if (!/^https?:\/\/[^\s/]+(\/.*)?$/.test(url) || !URL.canParse(url))
    throw new UsageError(`--url is a web address such as https://data.example.org, not "${text}"`);
  if (new URL(url).pathname !== "/")
    throw new UsageError(`--url has no path: a site is served from the root of its address, not from "${text}"`);
  return url;
}
