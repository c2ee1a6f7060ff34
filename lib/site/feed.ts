import { feedObjectKey } from "../contract/feed-object-key.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { type DatasetEnd, datasetEndSentence } from "../release/dataset-end.ts";
import { removedReason } from "../release/removed-reason.ts";
import { withdrawnReason } from "../release/withdrawn-reason.ts";

/** Maximum releases in the feed. */
export const FEED_ENTRIES = 20;

/** Maximum characters of the changes of a release: programs download the whole feed often. */
const MAX_CHARACTERS = 20_000;

/** XML 1.0 does not allow most control characters, nor lone surrogates. */
const plainText = (text: string): string => text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
const escapeXml = (text: string): string =>
  plainText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const EPOCH = "1970-01-01T00:00:00Z";
/** Ids are independent of the store's address. */
const idOf = (dataset: string, version: string): string => `tag:factpress,2026:${dataset}/${version}`;

function stateOf(catalogue: Catalogue, { version, level }: CatalogueEntry): { suffix: string; summary: string } {
  const removed = removedReason(catalogue, version);
  if (removed !== undefined) return { suffix: " (removed)", summary: `Removed: ${removed}` };
  const withdrawn = withdrawnReason(catalogue, version);
  if (withdrawn !== undefined) return { suffix: " (withdrawn)", summary: `Withdrawn: ${withdrawn}` };
  return { suffix: "", summary: `Level: ${level}` };
}

function entryText(catalogue: Catalogue, entry: CatalogueEntry, title: string, content: string | undefined): string {
  const { version, date } = entry;
  const { suffix, summary } = stateOf(catalogue, entry);
  const event = [...catalogue.withdrawn, ...catalogue.removed].findLast((event) => event.version === version);
  return [
    "  <entry>",
    `    <id>${idOf(catalogue.dataset, version)}</id>`,
    `    <title>${escapeXml(`${title} ${version}${suffix}`)}</title>`,
    `    <updated>${event?.date ?? date ?? EPOCH}</updated>`,
    `    <link href="/${catalogue.dataset}/${version}/"/>`,
    `    <summary>${escapeXml(summary)}</summary>`,
    ...(content === undefined
      ? []
      : [
          `    <content type="text">${escapeXml(content.length > MAX_CHARACTERS ? `${content.slice(0, MAX_CHARACTERS)}…` : content)}</content>`,
        ]),
    "  </entry>",
  ].join("\n");
}

function endText(dataset: string, title: string, { commit, date, reason, continuedAs }: DatasetEnd): string {
  const summary = [
    ...(continuedAs === undefined ? [] : [`Continued as ${continuedAs}.`]),
    ...(reason === undefined ? [] : [datasetEndSentence(reason)]),
  ];
  return [
    "  <entry>",
    // A restored dataset may end again.
    `    <id>${idOf(dataset, `ended/${commit}`)}</id>`,
    `    <title>${escapeXml(`${title}: no longer published`)}</title>`,
    `    <updated>${date ?? EPOCH}</updated>`,
    `    <link href="/${continuedAs ?? dataset}/"/>`,
    `    <summary>${escapeXml(summary.join(" ") || "Its releases stay available.")}</summary>`,
    "  </entry>",
  ].join("\n");
}

/**
 * `feed.xml`: Atom (RFC 4287). The newest releases, each with its changes (`CHANGES.md`), and the end of the dataset. A release without a date gets the
 * epoch, because Atom requires one.
 */
export function feed(catalogue: Catalogue, title: string, changes: ReadonlyMap<string, string>, end?: DatasetEnd): string {
  const { dataset, releases, withdrawn, removed } = catalogue;
  const dates = [releases[0]?.date, withdrawn.at(-1)?.date, removed.at(-1)?.date, end?.date].filter((date) => date != null);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${idOf(dataset, "")}</id>`,
    `  <title>${escapeXml(title)}</title>`,
    "  <author><name>Factpress</name></author>",
    `  <updated>${dates.sort().at(-1) ?? EPOCH}</updated>`,
    `  <link rel="self" href="/${feedObjectKey(dataset)}"/>`,
    ...(end ? [endText(dataset, title, end)] : []),
    ...releases.slice(0, FEED_ENTRIES).map((entry) => entryText(catalogue, entry, title, changes.get(entry.version))),
    "</feed>",
    "",
  ].join("\n");
}
