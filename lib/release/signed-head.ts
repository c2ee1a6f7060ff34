import { isObject } from "../contract/is-object.ts";
import { type Catalogue, catalogueText } from "./catalogue.ts";
import { type CatalogueState, catalogueInState, catalogueState } from "./catalogue-state.ts";
import { encodeBase64Url } from "./encode-base64-url.ts";
import { HeadError } from "./head-error.ts";

/** `typ` in the protected header. It keeps signatures of SHA256SUMS and of heads from being valid for each other. */
const TYPE = "factpress-head+json";

/** Validity of a head that expires; it is renewed daily. */
export const HEAD_VALID_MS = 3 * 24 * 60 * 60 * 1000;
export const HEAD_RENEWED_MS = 24 * 60 * 60 * 1000;

/** A catalogue state, and the SHA-256 of the catalogue's text in that state. */
export interface DatasetHead extends CatalogueState {
  catalogue: string;
}

export interface SignedHead {
  /** Address of the site; null if not configured. */
  site: string | null;
  /** RFC 3339, UTC. */
  issued: string;
  /** Null if the head is not renewed on a schedule. */
  expires: string | null;
  /** The version of Factpress that wrote the pages, and the id of the renderer and its assets (`siteOf` in lib/render/site.ts). */
  generator: string;
  pages: string;
  datasets: Record<string, DatasetHead>;
}

/** The stored form. */
export interface HeadFile {
  payload: string;
  protected: string;
  signature: string;
}

export const signedHeadText = (head: SignedHead): string => `${JSON.stringify(head, null, 1)}\n`;
export const signedHeadFileText = ({ payload, protected: header, signature }: HeadFile): string =>
  `${JSON.stringify({ payload, protected: header, signature }, null, 1)}\n`;
export const signedHeadHeader = (kid: string): string => encodeBase64Url(Buffer.from(JSON.stringify({ alg: "ES256", kid, typ: TYPE })));
/** The bytes to sign (RFC 7515, section 5.1). */
export const signedHeadInput = (kid: string, payload: string): Uint8Array => Buffer.from(`${signedHeadHeader(kid)}.${payload}`);

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isDatasetHead = (value: unknown): boolean =>
  isObject(value) &&
  [value["releases"], value["withdrawn"], value["removed"]].every(isCount) &&
  /^[0-9a-f]{64}$/.test(String(value["catalogue"]));

function json(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new HeadError(`${what} is not JSON`);
    throw error;
  }
}

/** Parses the payload of a head. Throws `HeadError`. */
export function parseSignedHead(bytes: Uint8Array): SignedHead {
  const head = json(bytes, "The head");
  const isHead =
    isObject(head) &&
    (head["site"] === null || typeof head["site"] === "string") &&
    TIME.test(String(head["issued"])) &&
    (head["expires"] === null || TIME.test(String(head["expires"]))) &&
    typeof head["generator"] === "string" &&
    typeof head["pages"] === "string" &&
    isObject(head["datasets"]) &&
    Object.values(head["datasets"]).every(isDatasetHead);
  if (!isHead) throw new HeadError("The head lacks a field, or a field has the wrong type");
  return head as unknown as SignedHead;
}

/** Parses a stored head. Throws `HeadError`. */
export function parseSignedHeadFile(bytes: Uint8Array): HeadFile {
  const file = json(bytes, "The head");
  if (!isObject(file) || ![file["payload"], file["protected"], file["signature"]].every((part) => typeof part === "string"))
    throw new HeadError("The head is not a flattened JSON Web Signature");
  return file as unknown as HeadFile;
}

/** The entry of a catalogue in a head. `hash` computes SHA-256, which pure rooms cannot. */
export const signedHeadEntry = (catalogue: Catalogue, hash: (text: string) => string): DatasetHead => ({
  ...catalogueState(catalogue),
  catalogue: hash(catalogueText(catalogue)),
});

/** How a catalogue relates to a head: `extended` is a later state, `older` an earlier one, `different` is of another history. */
export type HeadComparison = "same" | "extended" | "older" | "different";

export function compareWithSignedHead(head: DatasetHead, catalogue: Catalogue, hash: (text: string) => string): HeadComparison {
  const now = catalogueState(catalogue);
  const counts = (["releases", "withdrawn", "removed"] as const).map((list) => now[list] - head[list]);
  if (counts.some((difference) => difference < 0)) return counts.every((difference) => difference <= 0) ? "older" : "different";
  const then = catalogueInState(catalogue, head);
  if (!then || hash(catalogueText(then)) !== head.catalogue) return "different";
  return counts.every((difference) => difference === 0) ? "same" : "extended";
}
