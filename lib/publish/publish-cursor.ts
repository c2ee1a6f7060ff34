import { COMMIT_ID } from "../contract/commit-id.ts";
import { isObject } from "../contract/is-object.ts";
import { PRIVATE_FOLDER } from "../contract/private-folder.ts";
import type { Problem } from "../diagnostics/problem.ts";
import type { Store } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { parseStoredJson } from "../render/parse-stored-json.ts";
import type { Blocked, Finding, PublishJob } from "./publish-job.ts";

/**
 * The progress of an earlier run: the pending commits that it checked without making a release, and its findings. Only an optimization:
 * without a cursor, the commits are checked again. Valid for one catalogue, one version of Factpress and the same settings. Contains no
 * verdict that depends on the clock.
 */
export interface PublishCursor {
  /** The last commit that was checked. */
  commit: string;
  unreleased: Finding[];
  warnings: Finding[];
  /** The refused commit whose content the branch had at `commit`, if any. */
  refused: string | null;
  /** Number of pending commits up to and including `commit`. */
  pending: number;
  /** The planned releases that were not made. Valid only while `commit` is the tip. */
  blocked?: Blocked;
}

/** The stored form: `settings` identifies the catalogue, the version of the tool and the settings that it is valid for. */
interface CursorFile extends PublishCursor {
  settings: string;
}

const toFile = ({ commit, unreleased, warnings, refused, pending, blocked }: PublishCursor, settings: string): CursorFile => ({
  ...{ settings, commit, refused, pending },
  ...(blocked ? { blocked: { planned: blocked.planned, reverted: blocked.reverted } } : {}),
  ...{ unreleased: unreleased.map(plain), warnings: warnings.map(plain) },
});

const plain = ({ commit, kind, why, problems }: Finding): Finding => ({ commit, kind, why, problems });

const fromFile = ({ commit, unreleased, warnings, refused, pending, blocked }: CursorFile): PublishCursor => ({
  ...{ commit, unreleased, warnings, refused, pending },
  ...(blocked ? { blocked } : {}),
});

/** Maximum size of a stored cursor; larger ones are ignored. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Drops the oldest findings until the file fits, which only shortens reports on old commits. */
function fittingBytes(file: CursorFile): Buffer {
  const { unreleased, warnings, refused } = file;
  for (let kept = Math.max(unreleased.length, warnings.length); ; kept = Math.floor(kept / 2)) {
    const newest = unreleased.filter(({ commit }, i) => i >= unreleased.length - kept || (commit !== null && commit === refused));
    const some = { ...file, unreleased: newest, warnings: kept === 0 ? [] : warnings.slice(-kept) };
    const bytes = Buffer.from(`${JSON.stringify(some)}\n`);
    if (bytes.length <= MAX_BYTES || kept === 0) return bytes;
  }
}

const keyOf = (dataset: string): string => `${PRIVATE_FOLDER}/cursors/${dataset}.json`;

const isText = (value: unknown): value is string => typeof value === "string";
const isList = (value: unknown, isItem: (item: Record<string, unknown>) => boolean): boolean =>
  Array.isArray(value) && value.every((item) => isObject(item) && isItem(item));
const isId = (value: unknown): value is string => isText(value) && COMMIT_ID.test(value);

const isProblem = ({ file, line, column, message, remedy = "" }: Partial<Record<keyof Problem, unknown>>): boolean =>
  isText(file) && Number.isInteger(line) && Number.isInteger(column) && isText(message) && isText(remedy);

const isFinding = ({ commit, kind, why, problems }: Record<string, unknown>): boolean =>
  (commit === null || isId(commit)) &&
  ["refused", "draft", "behind", "warning"].includes(kind as string) &&
  isText(why) &&
  isList(problems, isProblem);

const isPlanned = ({ version, commit }: Record<string, unknown>): boolean => isText(version) && (commit === null || isId(commit));

const isBlocked = ({ planned, reverted }: Record<string, unknown>): boolean =>
  isList(planned, isPlanned) &&
  isList(
    reverted,
    (one) =>
      isPlanned(one) &&
      Array.isArray(one["changes"]) &&
      one["changes"].every(isText) &&
      Number.isInteger(one["count"]) &&
      [undefined, "removal", "withdrawal"].includes(one["event"] as string | undefined),
  );

function isCursorFile(value: unknown): value is CursorFile {
  if (!isObject<Record<keyof CursorFile, unknown>>(value)) return false;
  const { settings, commit, unreleased, warnings, refused, pending, blocked } = value;
  return (
    isText(settings) &&
    isId(commit) &&
    isList(unreleased, isFinding) &&
    isList(warnings, isFinding) &&
    (refused === null || (isId(refused) && (unreleased as Finding[]).some((finding) => finding.commit === refused))) &&
    Number.isInteger(pending) &&
    (blocked === undefined || (isObject(blocked) && isBlocked(blocked)))
  );
}

/** Reads and writes the cursor of a dataset. */
export class CursorStore {
  readonly #job: Pick<PublishJob, "dataset" | "store" | "planFirst" | "runtime">;

  constructor(job: Pick<PublishJob, "dataset" | "store" | "planFirst" | "runtime">) {
    this.#job = job;
  }

  /** The cursor for a catalogue; undefined if it is missing or damaged, or was written for another catalogue or other settings. */
  async read(catalogue: Catalogue): Promise<PublishCursor | undefined> {
    const stored = await this.#job.store.get(keyOf(this.#job.dataset));
    const found = stored && stored.bytes.length <= MAX_BYTES ? parseStoredJson(stored.bytes) : undefined;
    return isCursorFile(found) && found.settings === this.#settings(catalogue) ? fromFile(found) : undefined;
  }

  /** Writes the cursor if it changed. A concurrent publisher may win: its cursor is equally valid. */
  async write(catalogue: Catalogue, cursor: PublishCursor): Promise<void> {
    const { store, dataset } = this.#job;
    const bytes = fittingBytes(toFile(cursor, this.#settings(catalogue)));
    if (bytes.length > MAX_BYTES) return;
    const stored = await store.get(keyOf(dataset));
    if (stored && bytes.equals(stored.bytes)) return;
    await store.putIfMatch(keyOf(dataset), bytes, stored?.etag ?? null);
  }

  /** Hash of everything that a cursor depends on besides the commits. */
  #settings(catalogue: Catalogue): string {
    const { dataset, runtime, planFirst = false } = this.#job;
    return sha256(JSON.stringify(["cursor 2", dataset, runtime.generator, planFirst, catalogueText(catalogue)]));
  }
}

/** Makes the next run check all pending commits again. A concurrent publisher may win. */
export async function forgetCursor(store: Store, dataset: string): Promise<void> {
  const stored = await store.get(keyOf(dataset));
  if (stored) await store.putIfMatch(keyOf(dataset), Buffer.from("{}\n"), stored.etag);
}
