import type { JsonRecord } from "../../formats/value.ts";
import type { Property } from "./property.ts";

/** Characters that fit into a row of the table. */
const ROOM = 130;
const MAX_COLUMNS = 12;
/** Characters between two columns. */
const GAP = 2;
/** A cell of more characters is wrapped. */
const WIDEST = 30;
/** Width of the counts above a column. */
const NARROWEST = 8;
/** Sampled records, spread evenly over the table. */
const SAMPLE = 2_000;
/** Longer cells are prose, which reads better in the details of a row. */
const PROSE = 60;
/** Number of distinct values that a reader can compare. */
const FEW = 50;
/** Share of distinct values. */
const NEARLY_UNIQUE = 0.8;

interface Candidate {
  property: Property;
  width: number;
  rank: number;
}

interface ColumnChoice {
  /** Columns that are always shown. */
  always: readonly (Property | undefined)[];
  records: readonly JsonRecord[];
  textOf(property: Property, record: JsonRecord): string;
  /** Columns that mean nothing to a reader, such as a serial number beside a name, or an address. */
  isTechnical(property: Property): boolean;
  /** Columns whose values identify records rather than describe them: text, such as another name, or integers, such as a code. */
  tellsApart(property: Property): "text" | "number" | undefined;
}

const widthOf = (characters: number): number => Math.min(Math.max(characters, NARROWEST), WIDEST);

function sampleOf(records: readonly JsonRecord[]): readonly JsonRecord[] {
  const step = Math.ceil(records.length / SAMPLE);
  return step <= 1 ? records : records.filter((_, i) => i % step === 0);
}

/** Higher for columns with gaps. */
const gapsRank = (share: number): number => (share >= 0.8 ? 0 : share >= 0.5 ? 1 : share >= 0.1 ? 2 : 4);

/** Lower for values shared by records. Integers may be measures, or codes for a text column. */
function sharedRank(distinct: number, count: number, apart: "text" | "number" | undefined): number {
  if (apart === undefined) return 0;
  const isNumber = apart === "number";
  if (distinct > count * NEARLY_UNIQUE) return isNumber ? 1 : 2;
  if (distinct > FEW) return 0.5;
  return isNumber ? 0.25 : 0;
}

/**
 * The rank of a column; lower is better. Filled columns with shared values, dates and measures come first, then nearly unique columns,
 * columns with gaps, prose, and columns with a single value.
 */
function rankOf(property: Property, cells: { texts: readonly string[]; ninth: number; records: number }, choice: ColumnChoice): number {
  const { texts, ninth, records } = cells;
  const distinct = new Set(texts).size;
  const isConstant = records > 1 && distinct === 1;
  const penalty = (choice.isTechnical(property) ? 3 : 0) + (ninth > PROSE ? 3 : 0) + (isConstant ? 5 : 0);
  return gapsRank(texts.length / records) + sharedRank(distinct, texts.length, choice.tellsApart(property)) + penalty;
}

function candidateOf(property: Property, sample: readonly JsonRecord[], choice: ColumnChoice): Candidate[] {
  const { textOf } = choice;
  const title = [...(property[1].title ?? property[0])].length;
  if (sample.length === 0) return [{ property, width: widthOf(title), rank: 0 }];
  const texts = sample.map((record) => textOf(property, record)).filter((text) => text !== "");
  if (texts.length === 0) return [];
  const lengths = texts.map((text) => text.length).sort((a, b) => a - b);
  const ninth = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  const rank = rankOf(property, { texts, ninth, records: sample.length }, choice);
  return [{ property, width: widthOf(Math.max(title, ninth)), rank }];
}

/** The most informative columns of a table, as many as fit into a row, in the order of the schema. */
export function chooseColumns(properties: readonly Property[], choice: ColumnChoice): Property[] {
  const sample = sampleOf(choice.records);
  const candidates = properties.flatMap((property) => candidateOf(property, sample, choice));
  const taken = new Set(choice.always.filter((property) => property !== undefined));
  let room = ROOM - candidates.reduce((sum, { property, width }) => sum + (taken.has(property) ? width + GAP : 0), 0);
  for (const { property, width } of candidates.toSorted((a, b) => a.rank - b.rank)) {
    if (taken.has(property) || taken.size >= MAX_COLUMNS || width + GAP > room) continue;
    taken.add(property);
    room -= width + GAP;
  }
  return properties.filter((property) => taken.has(property));
}
