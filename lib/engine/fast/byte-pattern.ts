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
  readonly #characters: string[];
  readonly #isAscii: boolean;
  #at = 0;

  /** `isAscii`: only for ASCII texts, so that other characters match nothing. */
  constructor(pattern: string, isAscii: boolean) {
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
      if (from.length !== 1 || to.length !== 1) throw new NotPlain();
      characters.push(...range(from[0] as number, Math.min(to[0] as number, ASCII - 1)));
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

/** The nodes that are reachable without consuming a byte. */
function reached(nodes: readonly AutomatonNode[], from: Iterable<number>, at: "start" | "end" | "within"): number[] {
  const found = new Set<number>();
  const stack = [...from];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    const { bytes, only, to } = nodes[node] as AutomatonNode;
    if (bytes === undefined && (only === undefined || only === at)) stack.push(...to);
  }
  return [...found].sort((a, b) => a - b);
}

/** Compiles a pattern, if possible for all texts; undefined if it uses unsupported syntax or needs too many states. */
export const compileBytePattern = memoizeByText((pattern) => compile(pattern, false) ?? compile(pattern, true));

function compile(pattern: string, isAscii: boolean): BytePattern | undefined {
  try {
    const nodes: AutomatonNode[] = [{ to: [] }];
    return { ...determine(nodes, addNodes(nodes, new PatternReader(pattern, isAscii).read(), MATCH)), isAscii };
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** For each byte, the first byte that all nodes treat in the same way. */
function alikeBytes(nodes: readonly AutomatonNode[]): number[] {
  const first = new Map<string, number>();
  return ALL_BYTES.map((byte) => {
    const treatment = nodes.map(({ bytes }) => (bytes?.has(byte) ? 1 : 0)).join("");
    if (!first.has(treatment)) first.set(treatment, byte);
    return first.get(treatment) as number;
  });
}

function determine(nodes: readonly AutomatonNode[], start: number): Pick<BytePattern, "next" | "accepts"> {
  const states: number[][] = [reached(nodes, [start], "start")];
  // State 0 has no entry: no other state is at the start of the text.
  const numbers = new Map<string, number>();
  const alike = alikeBytes(nodes);
  const next: number[] = [];
  for (let state = 0; state < states.length; state += 1) {
    if (states.length > MAX_STATES) throw new NotPlain();
    const here = states[state] as number[];
    for (let byte = 0; byte < BYTES; byte += 1) {
      if ((alike[byte] as number) < byte) {
        next.push(next[state * BYTES + (alike[byte] as number)] as number);
        continue;
      }
      const moved = here.filter((node) => nodes[node]?.bytes?.has(byte)).flatMap((node) => nodes[node]?.to ?? []);
      // A match may start anywhere, and stays a match.
      const set = reached(nodes, [...moved, start, ...(here.includes(MATCH) ? [MATCH] : [])], "within");
      const name = set.join();
      if (!numbers.has(name)) numbers.set(name, states.push(set) - 1);
      next.push(numbers.get(name) as number);
    }
  }
  if (states.length > MAX_STATES) throw new NotPlain();
  // At the end of an empty text, conditions on its start hold as well.
  const accepts = states.map((set, i) => ((i === 0 ? acceptsEmpty(nodes, start) : reached(nodes, set, "end").includes(MATCH)) ? 1 : 0));
  return { next: Uint8Array.from(next), accepts: Uint8Array.from(accepts) };
}

/** Whether the pattern matches the empty text, where conditions on start and end both hold. */
function acceptsEmpty(nodes: readonly AutomatonNode[], start: number): boolean {
  const everywhere = nodes.map(({ only: _, ...node }) => node);
  return reached(everywhere, [start], "within").includes(MATCH);
}
