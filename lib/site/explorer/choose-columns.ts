import type { JsonRecord } from "../../formats/cell-text.ts";
import type { Property } from "./property.ts";

/** Characters that a row of the table has room for. */
const ROOM = 130;
const MAX_COLUMNS = 12;
/** Characters between two columns. */
const GAP = 2;
/** A cell of more characters is wrapped. */
const WIDEST = 30;
/** The counts above a column need as much. */
const NARROWEST = 8;
/** Records to look at, spread evenly over the table. */
const SAMPLE = 2_000;
/** Cells of more characters are prose, which is better read in the details of a row. */
const PROSE = 60;

interface Candidate {
  property: Property;
  width: number;
  rank: number;
}

interface ColumnChoice {
  /** Columns that are shown in any case. */
  always: readonly (Property | undefined)[];
  records: readonly JsonRecord[];
  textOf(property: Property, record: JsonRecord): string;
  /** Columns that name nothing to a reader, such as a serial number beside a name, or an address. */
  isTechnical(property: Property): boolean;
}

const widthOf = (characters: number): number => Math.min(Math.max(characters, NARROWEST), WIDEST);

function sampleOf(records: readonly JsonRecord[]): readonly JsonRecord[] {
  const step = Math.ceil(records.length / SAMPLE);
  return step <= 1 ? records : records.filter((_, i) => i % step === 0);
}

/** Lower is better: filled and varied columns first, then those with gaps, prose, and one value throughout. */
function rankOf(texts: readonly string[], records: number, isTechnical: boolean, ninth: number): number {
  const share = texts.length / records;
  const gaps = share >= 0.8 ? 0 : share >= 0.5 ? 1 : share >= 0.1 ? 2 : 4;
  const isConstant = records > 1 && new Set(texts).size === 1;
  return gaps + (isTechnical ? 3 : 0) + (ninth > PROSE ? 3 : 0) + (isConstant ? 5 : 0);
}

function candidateOf(property: Property, sample: readonly JsonRecord[], { textOf, isTechnical }: ColumnChoice): Candidate[] {
  const title = [...(property[1].title ?? property[0])].length;
  if (sample.length === 0) return [{ property, width: widthOf(title), rank: 0 }];
  const texts = sample.map((record) => textOf(property, record)).filter((text) => text !== "");
  if (texts.length === 0) return [];
  const lengths = texts.map((text) => text.length).sort((a, b) => a - b);
  const ninth = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  return [{ property, width: widthOf(Math.max(title, ninth)), rank: rankOf(texts, sample.length, isTechnical(property), ninth) }];
}

/** The columns of a table that tell most about its records, as many as a row has room for, in their own order. */
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
