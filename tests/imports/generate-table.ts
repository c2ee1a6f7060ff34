/** A generator of random numbers that gives the same ones for a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pad = (n: number, width = 2): string => String(n).padStart(width, "0");

type Make = (random: () => number, row: number) => string;
const int = (random: () => number, below: number): number => Math.floor(random() * below);
const one = <T>(random: () => number, items: readonly T[]): T => items[int(random, items.length)] as T;

/** Columns as people have them: most cells of one kind. */
const KINDS: Record<string, Make> = {
  id: (_, row) => `K${pad(row, 5)}`,
  "row id": (_, row) => String(row + 1),
  "zip code": (random) => pad(int(random, 100000), 5),
  "plain count": (random) => String(int(random, 100000) - 500),
  "amount fixed": (random) => (random() * 1000).toFixed(2),
  "amount free": (random) => String(Math.round(random() * 10000) / 100),
  "printed 17": (random) => one(random, [(random() - 0.5).toPrecision(17), String(random())]),
  "comma decimals": (random) => (random() * 100).toFixed(2).replace(".", ","),
  thousands: (random) => one(random, ["1.234", "56.789", "12.500", "999"]),
  "grouped numbers": (random) => (int(random, 10000000) / 1).toLocaleString("en-US"),
  exponent: (random) => (random() * 1e-4).toExponential(3),
  "well code": (random) => `${int(random, 9)}E${int(random, 12)}`,
  day: (random) => `20${pad(int(random, 25))}-${pad(1 + int(random, 12))}-${pad(1 + int(random, 28))}`,
  "day first": (random) => `${pad(1 + int(random, 28))}/${pad(1 + int(random, 12))}/2020`,
  "month first": (random) => `${1 + int(random, 12)}/${1 + int(random, 28)}/2021`,
  "days with points": (random) => `${1 + int(random, 28)}.${1 + int(random, 12)}.2022`,
  partial: (random) => one(random, ["2020", "2020-05", "2020-05-06", "2019"]),
  flag: (random) => one(random, ["true", "false"]),
  "loud flag": (random) => one(random, ["TRUE", "FALSE"]),
  "mixed flag": (random) => one(random, ["TRUE", "True", "false"]),
  kind: (random) => one(random, ["road", "rail", "canal"]),
  iso2: (random) => one(random, ["NA", "NO", "AF", "AL"]),
  strand: (random) => one(random, ["+", "-"]),
  note: (random) =>
    one(random, ['says "x"', "a, b; c", "two\nlines", " spaced ", "=1+1", "'s-Gravenhage", "naïve", "naïve", "@me", "-", "x"]),
  guarded: (random) => one(random, ["'=1+1", "''s", "plain", "'-x"]),
  url: (random) => `https://example.org/${int(random, 1000)}`,
  empty: () => "",
};

/** Odd cells that occur in a column now and then. */
const ODD = [
  "",
  "",
  "N/A",
  "NA",
  "-",
  "..",
  "null",
  "n/a",
  "—",
  "-0",
  "-0.0",
  "0",
  "1.0",
  "1",
  "1.10",
  "1.1",
  "1e5",
  "100000",
  "tbd",
  "12*",
  "+5",
  "(5)",
  "−5",
  "007",
  " 5",
  "1 234",
  "1'234",
  "2,2",
  "0x1F",
  "TRUE",
  "٣",
  "１",
  "-9999",
  "1e400",
  "<5",
  "2020-02-30",
];

const quote = (cell: string, delimiter: string, always: boolean): string =>
  always || cell.includes(delimiter) || /["\r\n]/.test(cell) || cell === ""
    ? cell === "" && !always
      ? ""
      : `"${cell.replaceAll('"', '""')}"`
    : cell;

/** A CSV as someone may have it, the same one for a seed. */
export function generateTable(seed: number): { text: string; delimiter: string } {
  const random = randomOf(seed);
  const delimiter = one(random, [",", ",", ";", "\t", "|"]);
  const kinds = Object.keys(KINDS);
  const names = Array.from({ length: 2 + int(random, 9) }, () => one(random, kinds));
  const oddness = one(random, [0, 0, 0.01, 0.1]);
  const rows = 1 + int(random, 120);
  const always = random() < 0.2;
  const lineEnd = one(random, ["\n", "\r\n"]);
  const cells = Array.from({ length: rows }, (_, row) =>
    names.map((name) => (random() < oddness ? one(random, ODD) : (KINDS[name] as Make)(random, row))),
  );
  const lines = [names, ...cells].map((row) => row.map((cell) => quote(cell, delimiter, always)).join(delimiter));
  return { text: `${random() < 0.2 ? "\ufeff" : ""}${lines.join(lineEnd)}${lineEnd}`, delimiter };
}
