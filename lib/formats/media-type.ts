import { fileExtension } from "./file-extension.ts";
import type { Format } from "./format.ts";
import { formatWithExtension } from "./format-with-extension.ts";

/** The media type of a file extension. */
export interface MediaType {
  /** Without parameters. */
  mediaType: string;
  isText: boolean;
  /** Whether CloudFront compresses it. */
  isCompressedByCdn: boolean;
}

const compressed = (mediaType: string): MediaType => ({ mediaType, isText: true, isCompressedByCdn: true });
const PLAIN = compressed("text/plain");

/** Files that belong to no format. */
const OTHERS: Readonly<Record<string, MediaType>> = {
  html: compressed("text/html"),
  xml: compressed("application/xml"),
  css: compressed("text/css"),
  js: compressed("text/javascript"),
  avro: { mediaType: "application/avro", isText: false, isCompressedByCdn: false },
  png: { mediaType: "image/png", isText: false, isCompressedByCdn: false },
  woff2: { mediaType: "font/woff2", isText: false, isCompressedByCdn: false },
};

/** The media type of a file: that of its format, or that of a document or page. Markdown, licences and hashes are plain text. */
export function mediaTypeOfName(name: string, formats?: readonly Format[]): MediaType {
  const extension = fileExtension(name);
  return formatWithExtension(extension, formats) ?? OTHERS[extension] ?? PLAIN;
}
