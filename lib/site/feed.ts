import { type Catalogue, removedReason, withdrawnReason } from "../release/catalogue.ts";

/** So many of the newest releases are in the feed. */
export const FEED_ENTRIES = 20;

/** A longer list of changes is cut: the feed is read by machines that poll it. */
const LONGEST = 20_000;

/** XML 1.0 has no place for most control characters, nor for halves of characters. */
const plainText = (text: string): string => text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
const escapeXml = (text: string): string =>
  plainText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/**
 * `feed.xml`: Atom (RFC 4287), the newest releases, each with what changed in it (its `CHANGES.md`). Ids do not depend on
 * where the store is served. A release without a date gets the epoch, as Atom demands one.
 */
export function feed(catalogue: Catalogue, title: string, changes: ReadonlyMap<string, string>): string {
  const id = (version: string): string => `tag:factpress,2026:${catalogue.dataset}/${version}`;
  const entries = catalogue.releases.slice(0, FEED_ENTRIES).map(({ version, date, level }) => {
    const removed = removedReason(catalogue, version);
    const withdrawn = withdrawnReason(catalogue, version);
    const said = [...catalogue.withdrawn, ...catalogue.removed].filter((event) => event.version === version);
    const state = removed !== undefined ? " (removed)" : withdrawn !== undefined ? " (withdrawn)" : "";
    const summary = removed !== undefined ? `Removed: ${removed}` : withdrawn !== undefined ? `Withdrawn: ${withdrawn}` : `Level: ${level}`;
    const content = changes.get(version);
    return [
      "  <entry>",
      `    <id>${id(version)}</id>`,
      `    <title>${escapeXml(`${title} ${version}${state}`)}</title>`,
      `    <updated>${said.at(-1)?.date ?? date ?? "1970-01-01T00:00:00Z"}</updated>`,
      `    <link href="/${catalogue.dataset}/${version}/"/>`,
      `    <summary>${escapeXml(summary)}</summary>`,
      ...(content === undefined
        ? []
        : [`    <content type="text">${escapeXml(content.length > LONGEST ? `${content.slice(0, LONGEST)}…` : content)}</content>`]),
      "  </entry>",
    ].join("\n");
  });
  const dates = [catalogue.releases[0]?.date, catalogue.withdrawn.at(-1)?.date, catalogue.removed.at(-1)?.date].filter(
    (date) => date != null,
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${id("")}</id>`,
    `  <title>${escapeXml(title)}</title>`,
    "  <author><name>Factpress</name></author>",
    `  <updated>${dates.sort().at(-1) ?? "1970-01-01T00:00:00Z"}</updated>`,
    `  <link rel="self" href="/${catalogue.dataset}/feed.xml"/>`,
    ...entries,
    "</feed>",
    "",
  ].join("\n");
}
