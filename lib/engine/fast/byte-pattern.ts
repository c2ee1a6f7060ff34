import { memoizeByText } from "../../schema/memoize-by-text.ts";

/** A pattern as a deterministic automaton over the bytes of UTF-8. It starts in state 0, and matches if the last state accepts. */
export interface BytePattern {
  /** Indexed by `state * 256 + byte`. */
  next: Uint8Array;
  accepts: Uint8Array;
  /** It decides only ASCII texts, because it would need too many states for others, or uses syntax that is supported only for these. */
  isAscii: boolean;
}

const BYTES = 256;
const ASCII = 128;
/** In a set of characters, all that are not ASCII. */
const OTHERS = ASCII;
/** Maximum states; larger patterns are left to RE2. */
const MAX_STATES = 255;
const MAX_NODES = 2000;
/** Maximum work to find the states, as nodes visited; patterns that need more are left to RE2. */
const MAX_WORK = 500_000;

type PatternPart =
  | { is: "bytes"; bytes: ReadonlySet<number> }
  /** A character that is not ASCII. */
  | { is: "other" }
  | { is: "sequence"; parts: PatternPart[] }
  | { is: "choice"; parts: PatternPart[] }
  | { is: "repeat"; part: PatternPart; least: number; most: number }
  | { is: "start" }
  | { is: "end" };

/** The first characters of repetitions. */
const REPETITIONS: readonly (string | undefined)[] = ["*", "+", "?", "{"];

/** What a pattern must contain to differ for ASCII texts: characters that are not ASCII, `.` or a negation. */
const MAY_MATCH_OTHERS = /\P{ASCII}|\.|\[\^|\\[DSW]/u;

/** Syntax that is supported only by RE2, if at all. */
class NotPlain extends Error {}

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
const ALL_BYTES = range(0, BYTES - 1);
const ALL_CHARACTERS = [...range(0, ASCII - 1), OTHERS];
/** The bytes of a character after the first. */
const CONTINUATION = new Set(range(0x80, 0xbf));
/** The first bytes of characters of two, three and four bytes. */
const FIRST_BYTES = [range(0xc2, 0xdf), range(0xe0, 0xef), range(0xf0, 0xf4)].map((bytes) => new Set(bytes));
const code = (character: string): number => character.codePointAt(0) as number;
const without = (characters: readonly number[]): number[] => ALL_CHARACTERS.filter((one) => !characters.includes(one));

/** One of some characters: ASCII or `OTHERS`. */
function oneOf(characters: readonly number[]): PatternPart {
  const bytes: PatternPart = { is: "bytes", bytes: new Set(characters.filter((one) => one < ASCII)) };
  return characters.includes(OTHERS) ? { is: "choice", parts: [bytes, { is: "other" }] } : bytes;
}

const DIGITS = range(code("0"), code("9"));
const WORD = [...DIGITS, ...range(code("a"), code("z")), ...range(code("A"), code("Z")), code("_")];
const SPACES = [..."\t\n\f\r "].map(code);
const CLASSES: Record<string, number[]> = {
  d: DIGITS,
  D: without(DIGITS),
  w: WORD,
  W: without(WORD),
  s: SPACES,
  S: without(SPACES),
};

/** Parses the common subset of regular expressions, with the semantics of RE2. */
class PatternReader {
  readonly #characters: readonly string[];
  readonly #isAscii: boolean;
  #at = 0;

  /** `isAscii`: only for ASCII texts, so that other characters match nothing. */
  constructor(pattern: string, isAscii: boolean) {
    // UTF-8 has no bytes for an unpaired surrogate.
    if (/\p{Surrogate}/u.test(pattern)) throw new NotPlain();
    this.#characters = [...pattern];
    this.#isAscii = isAscii;
  }

  read(): PatternPart {
    const part = this.#choice();
    if (this.#at < this.#characters.length) throw new NotPlain();
    return part;
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #take(): string {
    const c = this.#characters[this.#at];
    if (c === undefined) throw new NotPlain();
    this.#at += 1;
    return c;
  }

  #choice(): PatternPart {
    const parts = [this.#sequence()];
    while (this.#peek() === "|") {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    return { is: "choice", parts };
  }

  #sequence(): PatternPart {
    const parts: PatternPart[] = [];
    for (let c = this.#peek(); c !== undefined && c !== "|" && c !== ")"; c = this.#peek()) parts.push(this.#repeated());
    return { is: "sequence", parts };
  }

  #repeated(): PatternPart {
    const part = this.#one();
    const count = this.#count();
    if (!count) return part;
    if (part.is === "start" || part.is === "end") throw new NotPlain();
    // Lazy and greedy repetitions match the same texts.
    if (this.#peek() === "?") this.#at += 1;
    if (REPETITIONS.includes(this.#peek())) throw new NotPlain();
    return { is: "repeat", part, ...count };
  }

  #count(): { least: number; most: number } | undefined {
    const c = this.#peek();
    if (c === "*" || c === "+" || c === "?") {
      this.#at += 1;
      return { least: c === "+" ? 1 : 0, most: c === "?" ? 1 : Number.POSITIVE_INFINITY };
    }
    if (c !== "{") return undefined;
    const [text, least, comma, most] = /^\{(\d{1,3})(,?)(\d{0,3})\}/.exec(this.#characters.slice(this.#at).join("")) ?? [];
    if (text === undefined) throw new NotPlain();
    this.#at += text.length;
    const last = most !== "" ? Number(most) : comma === "," ? Number.POSITIVE_INFINITY : Number(least);
    if (last < Number(least) || (comma === "" && most !== "")) throw new NotPlain();
    return { least: Number(least), most: last };
  }

  #one(): PatternPart {
    const c = this.#take();
    if (c === "^") return { is: "start" };
    if (c === "$") return { is: "end" };
    if (c === ".") return this.#oneOf(without([code("\n")]));
    if (c === "(") return this.#group();
    if (c === "[") return this.#oneOf(this.#class());
    if (c === "\\") return this.#oneOf(this.#escape());
    if (["*", "+", "?", "{", "}", "]"].includes(c)) throw new NotPlain();
    return { is: "sequence", parts: [...Buffer.from(c)].map((byte) => ({ is: "bytes", bytes: new Set([byte]) })) };
  }

  #oneOf(characters: readonly number[]): PatternPart {
    return oneOf(this.#isAscii ? characters.filter((one) => one < ASCII) : characters);
  }

  #group(): PatternPart {
    if (this.#peek() === "?") {
      this.#at += 1;
      if (this.#take() !== ":") throw new NotPlain();
    }
    const part = this.#choice();
    if (this.#take() !== ")") throw new NotPlain();
    return part;
  }

  #escape(): number[] {
    const c = this.#take();
    if (Object.hasOwn(CLASSES, c)) return CLASSES[c] as number[];
    if (/[\w\s]/.test(c) || code(c) >= ASCII) throw new NotPlain();
    return [code(c)];
  }

  #class(): number[] {
    const isNegated = this.#peek() === "^";
    if (isNegated) this.#at += 1;
    if (this.#peek() === "]") throw new NotPlain();
    const characters: number[] = [];
    while (this.#peek() !== "]") {
      const from = this.#classItem();
      const isRange = this.#peek() === "-" && this.#characters[this.#at + 1] !== "]";
      if (!isRange) {
        characters.push(...from);
        continue;
      }
      this.#at += 1;
      const to = this.#classItem();
      const [first, last] = [from[0] as number, to[0] as number];
      if (from.length !== 1 || to.length !== 1 || first > last) throw new NotPlain();
      characters.push(...range(first, Math.min(last, ASCII - 1)));
    }
    this.#at += 1;
    return isNegated ? without(characters) : characters;
  }

  #classItem(): number[] {
    const c = this.#take();
    if (c === "[" && this.#peek() === ":") throw new NotPlain();
    if (c === "\\") return this.#escape();
    if (code(c) >= ASCII && !this.#isAscii) throw new NotPlain();
    return [code(c)];
  }
}

/** A node of the nondeterministic automaton. */
interface AutomatonNode {
  /** Bytes of the transition; undefined for an empty transition. */
  bytes?: ReadonlySet<number>;
  /** Where in the text the transition is possible. Default: anywhere. */
  only?: "start" | "end";
  to: number[];
}

const MATCH = 0;

function addNodes(nodes: AutomatonNode[], part: PatternPart, to: number): number {
  const add = (node: AutomatonNode): number => {
    if (nodes.length > MAX_NODES) throw new NotPlain();
    return nodes.push(node) - 1;
  };
  if (part.is === "bytes") return add({ bytes: part.bytes, to: [to] });
  if (part.is === "other") {
    const firsts: number[] = [];
    let rest = to;
    for (const bytes of FIRST_BYTES) {
      rest = add({ bytes: CONTINUATION, to: [rest] });
      firsts.push(add({ bytes, to: [rest] }));
    }
    return add({ to: firsts });
  }
  if (part.is === "start" || part.is === "end") return add({ only: part.is, to: [to] });
  if (part.is === "choice") return add({ to: part.parts.map((inner) => addNodes(nodes, inner, to)) });
  if (part.is === "sequence") return part.parts.reduceRight((next, inner) => addNodes(nodes, inner, next), to);
  let next = to;
  if (part.most === Number.POSITIVE_INFINITY) {
    next = add({ to: [to] });
    (nodes[next] as AutomatonNode).to.push(addNodes(nodes, part.part, next));
  } else for (let i = part.least; i < part.most; i += 1) next = add({ to: [to, addNodes(nodes, part.part, next)] });
  for (let i = 0; i < part.least; i += 1) next = addNodes(nodes, part.part, next);
  return next;
}

/** The nodes that are reachable without consuming a byte, in ascending order. */
function reached(nodes: readonly AutomatonNode[], from: readonly number[], at: "start" | "end" | "within"): number[] {
  const isFound = new Uint8Array(nodes.length);
  const stack = [...from];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isFound[node] === 1) continue;
    isFound[node] = 1;
    const { bytes, only, to } = nodes[node] as AutomatonNode;
    if (bytes === undefined && (only === undefined || only === at)) stack.push(...to);
  }
  const found: number[] = [];
  for (let node = isFound.indexOf(1); node >= 0; node = isFound.indexOf(1, node + 1)) found.push(node);
  return found;
}

/** Compiles a pattern, if possible for all texts; undefined if it uses unsupported syntax or would take too many states or too much work. */
export const compileBytePattern = memoizeByText(
  (pattern) => compile(pattern, false) ?? (MAY_MATCH_OTHERS.test(pattern) ? compile(pattern, true) : undefined),
);

function compile(pattern: string, isAscii: boolean): BytePattern | undefined {
  try {
    const nodes: AutomatonNode[] = [{ to: [] }];
    const start = addNodes(nodes, new PatternReader(pattern, isAscii).read(), MATCH);
    return { ...new Determination(nodes, start).run(), isAscii };
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** For each byte, the number of its group: all nodes treat the bytes of a group in the same way. Groups are numbered by their first bytes. */
function byteGroups(sets: Iterable<ReadonlySet<number>>): number[] {
  const groups = ALL_BYTES.map(() => 0);
  let count = 1;
  for (const bytes of sets) {
    const split = new Map<number, number>();
    for (const byte of bytes) {
      const group = groups[byte] as number;
      if (!split.has(group)) split.set(group, count++);
      groups[byte] = split.get(group) as number;
    }
  }
  const numbers = new Map([...new Set(groups)].map((group, i) => [group, i]));
  return groups.map((group) => numbers.get(group) as number);
}

/** A key for a list of nodes: MAX_NODES is less than the number of UTF-16 code units. */
const keyOf = (nodes: readonly number[]): string => String.fromCharCode(...nodes);

/** Makes a deterministic automaton of a nondeterministic one. */
class Determination {
  readonly #nodes: readonly AutomatonNode[];
  readonly #start: number;
  /** For each byte, its group. */
  readonly #groups: number[];
  /** For each node, the groups of its bytes. */
  readonly #groupsOfNodes: number[][];
  /** The nodes of each state. */
  readonly #states: number[][] = [];
  /** The state of a set of nodes. State 0 has no entry: no other state is at the start of the text. */
  readonly #numbers = new Map<string, number>();
  /** The state that nodes lead to without consuming a byte. */
  readonly #numbersOfMoves = new Map<string, number>();
  #work = 0;

  constructor(nodes: readonly AutomatonNode[], start: number) {
    this.#nodes = nodes;
    this.#start = start;
    const sets = new Set(nodes.flatMap(({ bytes }) => bytes ?? []));
    this.#groups = byteGroups(sets);
    const groupsOfSets = new Map([...sets].map((bytes) => [bytes, [...new Set([...bytes].map((byte) => this.#groups[byte] as number))]]));
    this.#groupsOfNodes = nodes.map(({ bytes }) => (bytes && groupsOfSets.get(bytes)) ?? []);
  }

  run(): Pick<BytePattern, "next" | "accepts"> {
    const [nodes, states] = [this.#nodes, this.#states];
    states.push(reached(nodes, [this.#start], "start"));
    const next: number[] = [];
    for (let state = 0; state < states.length; state += 1) {
      const numbers = this.#moves(states[state] as number[]).map((moved) => this.#stateOf(moved));
      for (const group of this.#groups) next.push(numbers[group] as number);
    }
    // At the end of an empty text, conditions on its start hold as well.
    const accepts = states.map((set, i) => (i === 0 ? acceptsEmpty(nodes, this.#start) : reached(nodes, set, "end").includes(MATCH)));
    return { next: Uint8Array.from(next), accepts: Uint8Array.from(accepts, Number) };
  }

  /** For each group, the nodes after a byte of it. */
  #moves(here: readonly number[]): number[][] {
    // A match may start anywhere, and stays a match.
    const always = here.includes(MATCH) ? [this.#start, MATCH] : [this.#start];
    const moves = Array.from({ length: Math.max(...this.#groups) + 1 }, () => [...always]);
    for (const node of here)
      for (const group of this.#groupsOfNodes[node] as number[]) moves[group]?.push(...(this.#nodes[node] as AutomatonNode).to);
    return moves;
  }

  #stateOf(moved: readonly number[]): number {
    this.#addWork(moved.length);
    const move = keyOf(moved);
    const known = this.#numbersOfMoves.get(move);
    if (known !== undefined) return known;
    const set = reached(this.#nodes, moved, "within");
    this.#addWork(set.length);
    const key = keyOf(set);
    const number = this.#numbers.get(key) ?? this.#states.push(set) - 1;
    if (number >= MAX_STATES) throw new NotPlain();
    this.#numbers.set(key, number);
    this.#numbersOfMoves.set(move, number);
    return number;
  }

  #addWork(nodes: number): void {
    this.#work += nodes;
    if (this.#work > MAX_WORK) throw new NotPlain();
  }
}

/** Whether the pattern matches the empty text, where conditions on start and end both hold. */
function acceptsEmpty(nodes: readonly AutomatonNode[], start: number): boolean {
  const everywhere = nodes.map(({ only: _, ...node }) => node);
  return reached(everywhere, [start], "within").includes(MATCH);
}
