import type { Problem } from "../diagnostics/problem.ts";
import { sha256 } from "../ports/body.ts";
import type { Store } from "../ports/ports.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import type { Finding, Held, Publishing } from "./publishing.ts";

/**
 * How far a branch was looked at without a release coming of it, and what was found. It is a shortcut: without it, the
 * commits are looked at again. It holds for one catalogue, one version of Factpress and the same settings, and never
 * a verdict that another clock could change.
 */
export interface Cursor {
  /** The last commit that was looked at. */
  commit: string;
  passedOver: Finding[];
  warnings: Finding[];
  /** The commit whose content the branch had there, where it was refused. */
  refused: string | null;
  /** Commits between the newest release and this one, this one included. */
  walked: number;
  /** Nothing was put though there would be releases: true only as long as this commit is the tip. */
  held?: Held;
}

/** A larger one is not written. */
const MAX_BYTES = 4 * 1024 * 1024;

const keyOf = (dataset: string): string => `.factpress/cursors/${dataset}.json`;

/** What a cursor depends on besides the commits. */
const settingsOf = ({ runtime: { generator }, judgeWalk = false, dataset }: Publishing, catalogue: Catalogue): string =>
  sha256(JSON.stringify(["cursor 1", dataset, generator, judgeWalk, catalogueText(catalogue)]));

const isText = (value: unknown): value is string => typeof value === "string";
const isList = (value: unknown, isItem: (item: Record<string, unknown>) => boolean): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === "object" && item !== null && isItem(item as Record<string, unknown>));
const isId = (value: unknown): value is string => isText(value) && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(value);

const isProblem = ({ file, line, column, message, remedy = "" }: Partial<Record<keyof Problem, unknown>>): boolean =>
  isText(file) && Number.isInteger(line) && Number.isInteger(column) && isText(message) && isText(remedy);

const isFinding = ({ commit, kind, why, problems }: Record<string, unknown>): boolean =>
  (commit === null || isId(commit)) &&
  ["refused", "draft", "behind", "warning"].includes(kind as string) &&
  isText(why) &&
  isList(problems, isProblem);

const isHeld = ({ planned, takenBack }: Record<string, unknown>): boolean =>
  isList(planned, ({ version, commit }) => isText(version) && (commit === null || isId(commit))) &&
  isList(
    takenBack,
    ({ version, commit, places, count }) =>
      isText(version) && (commit === null || isId(commit)) && Array.isArray(places) && places.every(isText) && Number.isInteger(count),
  );

function isCursor(value: unknown): value is Cursor & { settings: string } {
  if (typeof value !== "object" || value === null) return false;
  const { settings, commit, passedOver, warnings, refused, walked, held } = value as Record<string, unknown>;
  return (
    isText(settings) &&
    isId(commit) &&
    isList(passedOver, isFinding) &&
    isList(warnings, isFinding) &&
    (refused === null || (isId(refused) && (passedOver as Finding[]).some((finding) => finding.commit === refused))) &&
    Number.isInteger(walked) &&
    (held === undefined || (typeof held === "object" && held !== null && isHeld(held as Record<string, unknown>)))
  );
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The cursor that holds for a catalogue; undefined where there is none, or it is damaged or of other settings. */
export async function readCursor(job: Publishing, catalogue: Catalogue): Promise<Cursor | undefined> {
  const stored = await job.store.get(keyOf(job.dataset));
  const found = stored && stored.bytes.length <= MAX_BYTES ? parsed(stored.bytes) : undefined;
  return isCursor(found) && found.settings === settingsOf(job, catalogue) ? found : undefined;
}

/** Writes the cursor where it differs. Another publisher that writes at the same time is as right. */
export async function writeCursor(job: Publishing, catalogue: Catalogue, cursor: Cursor): Promise<void> {
  const { commit, passedOver, warnings, refused, walked, held } = cursor;
  const plain = (findings: Finding[]): Finding[] => findings.map(({ commit, kind, why, problems }) => ({ commit, kind, why, problems }));
  const settings = settingsOf(job, catalogue);
  const whole = { settings, commit, refused, walked, ...(held ? { held } : {}), passedOver: plain(passedOver), warnings: plain(warnings) };
  const bytes = Buffer.from(`${JSON.stringify(whole)}\n`);
  if (bytes.length > MAX_BYTES) return;
  const store: Store = job.store;
  const stored = await store.get(keyOf(job.dataset));
  if (stored && bytes.equals(stored.bytes)) return;
  await store.putIfMatch(keyOf(job.dataset), bytes, stored?.etag ?? null);
}

/** Lets the next run look at everything again. Another publisher that writes at the same time may win. */
export async function forgetCursor(store: Store, dataset: string): Promise<void> {
  const stored = await store.get(keyOf(dataset));
  if (stored) await store.putIfMatch(keyOf(dataset), Buffer.from("{}\n"), stored.etag);
}
