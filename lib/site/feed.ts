import { type Catalogue, withdrawnReason } from "../release/catalogue.ts";

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** `feed.xml`: Atom (RFC 4287), the newest fifty releases. Ids do not depend on where the store is served. */
export function feed(catalogue: Catalogue, title: string): string {
  const id = (version: string): string => `tag:factpress,2026:${catalogue.dataset}/${version}`;
  const entries = catalogue.releases.slice(0, 50).map(({ version, date, level }) => {
    const withdrawn = withdrawnReason(catalogue, version);
    return [
      "  <entry>",
      `    <id>${id(version)}</id>`,
      `    <title>${escapeXml(`${title} ${version}${withdrawn === undefined ? "" : " (withdrawn)"}`)}</title>`,
      `    <updated>${date ?? "1970-01-01T00:00:00Z"}</updated>`,
      `    <link href="/${catalogue.dataset}/${version}/"/>`,
      `    <summary>${escapeXml(withdrawn ?? level)}</summary>`,
      "  </entry>",
    ].join("\n");
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${id("")}</id>`,
    `  <title>${escapeXml(title)}</title>`,
    "  <author><name>Factpress</name></author>",
    `  <updated>${catalogue.releases[0]?.date ?? "1970-01-01T00:00:00Z"}</updated>`,
    `  <link rel="self" href="/${catalogue.dataset}/feed.xml"/>`,
    ...entries,
    "</feed>",
    "",
  ].join("\n");
}
