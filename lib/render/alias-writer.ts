import { type Aliases, MAX_ALIAS_UPDATE } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { aliasChanges } from "../release/alias-changes.ts";
import { type AliasMark, aliasEntries } from "../release/alias-entries.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { catalogueInState, catalogueState } from "../release/catalogue-state.ts";
import { endInMark } from "./end-in-mark.ts";
import type { RenderedSite } from "./site.ts";

/** Maximum states of unfinished updates in a mark. With more, every key is written. */
const MAX_STATES = 8;

const hashOf = (catalogue: Catalogue | undefined): string | undefined => catalogue && sha256(catalogueText(catalogue));

/** Updates the aliases of a dataset to its catalogue. */
export class AliasWriter {
  readonly #aliases: Aliases;
  readonly #catalogue: Catalogue;
  readonly #site: RenderedSite;
  readonly #markKey: string;

  constructor(aliases: Aliases, catalogue: Catalogue, site: RenderedSite) {
    this.#aliases = aliases;
    this.#catalogue = catalogue;
    this.#site = site;
    this.#markKey = `${catalogue.dataset}/mark`;
  }

  /**
   * Updates at most fifty keys at a time: exact versions first, `latest` last. `mark` and `etag` were read before the catalogue.
   * `beforeMark` writes files that name versions; it runs after the aliases and before the mark of completion. Returns false if another
   * publisher was first.
   */
  async write(mark: AliasMark | undefined, etag: string, beforeMark?: () => Promise<boolean>): Promise<boolean> {
    const state = catalogueState(this.#catalogue);
    const states = this.#knownStates(mark);
    const waiting = [...(await this.#changesFrom(states))];
    const pending = states ? [...states, state] : [];
    let current: string | undefined = etag;
    while (waiting.length >= MAX_ALIAS_UPDATE || (beforeMark && waiting.length > 0)) {
      const some = new Map([...waiting.splice(0, MAX_ALIAS_UPDATE - 1), this.#markEntry(pending)]);
      current = await this.#aliases.update(some, current);
      if (current === undefined) return false;
    }
    if (beforeMark && !(await beforeMark())) return false;
    return (await this.#aliases.update(new Map([...waiting, this.#markEntry([state])]), current)) !== undefined;
  }

  #markEntry(states: AliasMark["states"]): [key: string, text: string] {
    const catalogue = hashOf(this.#catalogue) as string;
    const mark: AliasMark = { states, catalogue, pages: this.#site.id, ...endInMark(this.#site, this.#catalogue.dataset) };
    return [this.#markKey, JSON.stringify(mark)];
  }

  /** The states that the aliases may be in according to the mark; undefined if the mark does not belong to this catalogue. */
  #knownStates(mark: AliasMark | undefined): AliasMark["states"] | undefined {
    const past = mark?.states.map((state) => catalogueInState(this.#catalogue, state)) ?? [];
    const isKnown = past.length > 0 && past.length <= MAX_STATES && past.every(Boolean) && hashOf(past.at(-1)) === mark?.catalogue;
    return isKnown ? mark?.states : undefined;
  }

  /** The keys to set, or to delete (undefined), so that the aliases match the catalogue, whichever of the states they are in. */
  async #changesFrom(states: AliasMark["states"] | undefined): Promise<Map<string, string | undefined>> {
    const entries = aliasEntries(this.#catalogue);
    if (states)
      return aliasChanges([...states.map((state) => aliasEntries(catalogueInState(this.#catalogue, state) as Catalogue)), entries]);
    // The stored keys are unknown: set every key, and delete all others.
    const changes = new Map<string, string | undefined>(entries);
    for await (const key of this.#aliases.list(`${this.#catalogue.dataset}/`))
      if (!changes.has(key) && key !== this.#markKey) changes.set(key, undefined);
    return changes;
  }
}
