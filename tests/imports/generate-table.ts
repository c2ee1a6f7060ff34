/** A generator of random numbers, the same for the same seed (mulberry32). */
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

/** Typical columns: most cells are of one kind. */
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
  "time of the event": (random) =>
    `2024-${pad(1 + int(random, 12))}-${pad(1 + int(random, 28))}T${pad(int(random, 24))}:${pad(int(random, 60))}:00${one(random, ["Z", "+01:00"])}`,
  "time without zone": (random) => `2024-05-${pad(1 + int(random, 28))} ${pad(int(random, 24))}:00:00`,
  midnight: (random) => `2024-05-${pad(1 + int(random, 28))} 00:00:00`,
  "day without zeros": (random) => `2024-${1 + int(random, 12)}-${1 + int(random, 28)}`,
  "two-digit year": (random) => `${pad(1 + int(random, 28))}/${pad(1 + int(random, 12))}/${pad(int(random, 100))}`,
  "day in words": (random) => `${1 + int(random, 28)} ${one(random, ["January", "Mar.", "mai", "Dez"])} 2021`,
  month: (random) => one(random, ["Jan-24", "2024M01", "March 2024", "03/2024"]),
  season: (random) => one(random, ["2005-06", "2006-07", "1999-00"]),
  "season or month": (random) => one(random, ["2005-06", "2006-07", "2020-11"]),
  interval: (random) => one(random, ["1990-1995", "1991–1992", "1990/1995", "1990"]),
  doubtful: (random) => one(random, ["1984?", "2004-06~", "1999"]),
  "year of the birth": (random) => one(random, ["-0043", "0014", "1066", "-0100"]),
  "year with its era": (random) => one(random, ["44 BC", "AD 14", "753 v. Chr.", "1066"]),
  "day of the birth": (random) => one(random, ["-0043-03-15", "0014-08-19", "1066-10-14"]),
  "compact day": (random) => `20${pad(int(random, 25))}${pad(1 + int(random, 12))}${pad(1 + int(random, 28))}`,
  "serial date": (random) => String(40000 + int(random, 6000)),
  "epoch time": (random) => String(1_600_000_000 + int(random, 100_000_000)),
  "yes or no": (random) => one(random, ["yes", "No", "Y", "ja", "✓"]),
  "zero or one": (random) => one(random, ["0", "1", "TRUE"]),
  percent: (random) => `${int(random, 100)}${one(random, ["%", " %", ",5 %"])}`,
  money: (random) => one(random, ["€ 5", "$1.2M", "CHF 1’234", "5 EUR", "7"]),
  length: (random) => one(random, ["5 km", "12.5 m", "3 m²", "4"]),
  "flagged figure": (random) => one(random, ["8858775 b", "8901064", "12.3 ep", ":"]),
  estimate: (random) => one(random, ["ca. 1850", "<5", "80+", "5±0.1", "12*", "7"]),
  fraction: (random) => one(random, ["1/2", "½", "2 3/4", "5"]),
  degrees: (random) => one(random, ["48°08'N", "11.5° E", "48.1"]),
  infinite: (random) => one(random, ["inf", "-Infinity", "1.5"]),
  signed: (random) => one(random, ["+5", "(5)", "5-", "−5", "5", "-5", "5."]),
  "other digits": (random) => one(random, ["١٢", "१२", "１２", "12"]),
  "spaced number": (random) => one(random, [" 5", "5 ", "\u00a05", "5"]),
  "indian number": (random) => one(random, ["12,34,567", "1,234", "999"]),
  apostrophes: (random) => one(random, ["1'234", "1’234'567", "999"]),
  "long number": (random) => `1234567890123456${pad(int(random, 10000), 4)}`,
  "too many digits": (random) => `0.1234567890123456${int(random, 10)}`,
  "huge number": (random) => one(random, ["1e400", "1.5e300", "5"]),
  hashtag: (random) => one(random, ["#covid", "#population", "#region+name", "#mask"]),
  "time with its unit": (random) => one(random, ["15s", "3d", "20n"]),
  rule: (random) => one(random, ["--", "---", "-- --", ""]),
  sentinel: (random) => one(random, ["-999", "-9999", "12", "15"]),
  "sentinel day": (random) => one(random, ["9999-12-31", "1900-01-01", "2020-05-06"]),
  "too narrow": (random) => one(random, ["########", "12"]),
  quoted: (random) => one(random, ["'abc'", "“abc”", "'x y'"]),
  telephone: (random) => one(random, ["+49 30 123", "030 123", "0301234"]),
  "version number": (random) => one(random, ["1.10", "1.9", "1.1", "2.0.1"]),
  isbn: (random) => `978000000${pad(int(random, 10000), 4)}`,
  json: (random) => one(random, ['{"a": 1}', "[1, 2]", "{}"]),
  long: (random) => one(random, ["x".repeat(300), "x\ty", "x\u00a0y", "x\u200by", "é", "e\u0301"]),
};

/** Odd cells that occur in some columns. */
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

/** Lines that offices and spreadsheets write around a table and between its rows. `blank`: a row without values. */
function withTextAround(random: () => number, [header = "", ...rows]: string[], blank: string): string[] {
  const title = one(random, [[], ["Towns of the region in 2020", ""], [`Towns of the region${blank}`, blank], ["# made by hand"]]);
  const below = one(random, [
    [],
    ["", "Source: the statistical office"],
    [blank, `Source: the statistical office${blank}`],
    [blank, blank],
  ]);
  const middle = int(random, rows.length);
  return [...title, header, ...rows.slice(0, middle), ...one(random, [[], [blank], [""]]), ...rows.slice(middle), ...below];
}

/** A realistic CSV file, the same for the same seed. */
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
  const isTitled = new Set(names).size > 2 && rows > 9 && random() < 0.2;
  const around = isTitled ? withTextAround(random, lines, delimiter.repeat(names.length - 1)) : lines;
  return { text: `${random() < 0.2 ? "\ufeff" : ""}${around.join(lineEnd)}${lineEnd}`, delimiter };
}
