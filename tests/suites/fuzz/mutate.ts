/** A generator of whole numbers below `n`, the same for the same seed (mulberry32). */
export function randomBelow(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** Maximum length of an input. */
export const MAX_BYTES = 16 * 1024;
/** Texts that break parsers of text, JSON and JavaScript. */
const ODD =
  '\ufeff|\u0000|\r\n|\n|\t|é|😀|\u2028|"|\\|\\u0000|\\ud800|\\ude00|{|}|[|]|,|:|,,|[[[[[[[[|{"a":{"a":|-0|1e400|1E5|0.1|01|-|12345678901234567890|null|true|NaN|"__proto__"|"constructor"|"toString"|""|" "|"\\n"|<<<<<<< HEAD\n|=======\n|//|/*|*/|\'|“|”|#|"2020-02-30"|"2020-XX"|"../1985?"|--|-- table: |select|with'.split(
    "|",
  );
const TOKEN = /"(?:[^"\\\n]|\\.)*"|[A-Za-z_][\w-]*|-?\d[\d.eE+-]*|[{}[\],:]/g;
export const tokensOf = (text: string): string[] => text.match(TOKEN) ?? [];

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Mutates bytes, words and subtrees of an input, using parts of other inputs. */
export class Mutator {
  readonly #below: (n: number) => number;
  readonly #words: readonly string[];
  constructor(below: (n: number) => number, words: readonly string[]) {
    this.#below = below;
    this.#words = [...ODD, ...words];
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }

  /** A mutation of `input`; parts are taken from `other`. */
  child(input: Uint8Array, other: Uint8Array): Uint8Array {
    let bytes = input;
    for (let i = 1 << this.#below(4); i > 0; i -= 1)
      bytes = this.#pick([this.#bytes, this.#bytes, this.#word, this.#word, this.#splice, this.#branch, this.#branch]).call(
        this,
        bytes,
        other,
      );
    return bytes.subarray(0, MAX_BYTES);
  }

  #replaced(bytes: Uint8Array, start: number, end: number, by: Uint8Array): Uint8Array {
    return Buffer.concat([bytes.subarray(0, start), by, bytes.subarray(end)]);
  }

  #bytes(bytes: Uint8Array): Uint8Array {
    const at = this.#below(bytes.length + 1);
    const by = this.#pick([Buffer.alloc(0), Buffer.from([this.#below(256)]), Buffer.from([(bytes[at] ?? 0) ^ (1 << this.#below(8))])]);
    return this.#replaced(bytes, at, at + this.#below(2), by);
  }

  #word(bytes: Uint8Array): Uint8Array {
    const by = Buffer.from(this.#pick(this.#words));
    const tokens = [...Buffer.from(bytes).toString("latin1").matchAll(TOKEN)];
    if (tokens.length === 0 || this.#below(4) === 0) {
      const at = this.#below(bytes.length + 1);
      return this.#replaced(bytes, at, at, by);
    }
    const token = this.#pick(tokens);
    return this.#replaced(bytes, token.index, token.index + token[0].length, this.#below(5) === 0 ? Buffer.alloc(0) : by);
  }

  #splice(bytes: Uint8Array, other: Uint8Array): Uint8Array {
    const from = this.#below(other.length + 1);
    const part = other.subarray(from, from + this.#below(Math.min(200, other.length - from) + 1));
    const at = this.#below(bytes.length + 1);
    return this.#replaced(bytes, at, at + this.#below(Math.min(100, bytes.length - at) + 1), part);
  }

  /** Replaces a subtree of one JSON text with a subtree of another; the result is JSON. */
  #branch(bytes: Uint8Array, other: Uint8Array): Uint8Array {
    try {
      const root = { root: JSON.parse(Buffer.from(bytes).toString("utf8")) as Json };
      const theirs = JSON.parse(Buffer.from(other).toString("utf8")) as Json;
      const [holder, name] = this.#place(root);
      const [donor, from] = this.#place({ root: theirs });
      const how = this.#below(5);
      if (how === 0 && Array.isArray(holder)) holder.splice(Number(name), 1);
      else if (how === 0) delete holder[name];
      else if (how === 1 && !Array.isArray(holder)) holder[this.#name()] = donor[from] as Json;
      else if (how === 1) (holder as unknown as Json[]).push(donor[from] as Json);
      else holder[name] = how === 2 ? this.#name() : (donor[from] as Json);
      return Buffer.from(JSON.stringify(root.root ?? null, null, this.#below(3)));
    } catch {
      return this.#bytes(bytes);
    }
  }

  #name(): string {
    return this.#pick(this.#words).replaceAll('"', "");
  }

  #place(root: { root: Json }): [Record<string, Json>, string] {
    const places: [Record<string, Json>, string][] = [];
    const visit = (holder: Record<string, Json>, name: string): void => {
      places.push([holder, name]);
      const value = holder[name];
      if (typeof value === "object" && value !== null) for (const key of Object.keys(value)) visit(value as Record<string, Json>, key);
    };
    visit(root, "root");
    return this.#pick(places);
  }
}
