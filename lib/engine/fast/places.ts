import type { Names } from "./names.ts";
import { Kind, type Tape } from "./tape.ts";

interface PlaceNode {
  place: number;
  inside: (PlaceNode | undefined)[];
  hasInside: boolean;
}

/** Where the values of columns stand on a tape: each path of names has a number, its place. */
export class Places {
  readonly #names: Names;
  readonly #root: PlaceNode = { place: 0, inside: [], hasInside: false };
  #count = 1;
  /** Place → entry on the tape; 0 where the record has no value there. */
  entries: Int32Array = new Int32Array(1);
  /** What is written to while the entries of a form are in its place. */
  #own = this.entries;

  constructor(names: Names) {
    this.#names = names;
  }

  /** The place of a path of names from the record on. */
  add(path: readonly string[]): number {
    let node = this.#root;
    for (const name of path) {
      const number = this.#names.add(name);
      node.hasInside = true;
      node.inside[number] ??= { place: this.#count++, inside: [], hasInside: false };
      node = node.inside[number];
    }
    this.#own = new Int32Array(this.#count);
    this.entries = this.#own;
    return node.place;
  }

  /** Finds the values of the record on a tape. */
  locate(tape: Tape): void {
    this.entries = this.#own;
    this.entries.fill(0);
    this.#locate(tape, this.#root, 0);
  }

  #locate(tape: Tape, node: PlaceNode, object: number): void {
    const end = tape.nexts[object] as number;
    for (let entry = object + 1; entry < end; entry = tape.nexts[entry] as number) {
      const found = node.inside[tape.names[entry] as number];
      if (!found) continue;
      this.entries[found.place] = entry;
      if (found.hasInside && tape.kinds[entry] === Kind.object) this.#locate(tape, found, entry);
    }
  }
}
