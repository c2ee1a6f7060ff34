import type { CsvRow } from "../ports/ports.ts";
import { describeHiddenKey } from "./describe-hidden-key.ts";
import { describeSameKey } from "./describe-same-key.ts";
import { isAssignedCodeName, isExactKeyName, isFirstKeyName, isKeyName } from "./is-key-name.ts";
import { compositeKeyCandidates, type KeyCandidate, singleKeyCandidates } from "./key-candidate.ts";
import { type KeyTrial, KeyTrial as Trial } from "./key-trial.ts";

export interface KeyChoice {
  /** Indexes of columns; empty if the rows are numbered. */
  indexes: readonly number[];
  notes: string[];
}

/** A column with its uniqueness trial. */
export interface TriedColumn extends KeyCandidate {
  trial: KeyTrial | undefined;
}

/** Composite keys tried per reading of the file, and maximum readings. */
const KEYS_PER_READING = 8;
const MAX_READINGS = 3;

/** Why a column named like a key is not the key. */
function whyNoKey({ name, trial, statistics }: TriedColumn): string {
  const start = `${name} looks like the key, but`;
  if (statistics.empty.count > 0) return `${start} it is empty in ${statistics.empty.where}`;
  if (trial?.hidden) return `${start} ${describeHiddenKey(trial.hidden)}: delete it to make this the key`;
  return trial?.same ? `${start} ${describeSameKey(trial.same)}` : `${start} some rows have no value`;
}

/** Letters and digits without spaces: `S2`, `DE-0012`. */
const CODE = /^(?=.*\d)(?=.*\p{L})\S{2,40}$/u;

/** Whether a column has only a few duplicates, probably by mistake. */
const isLikelyMistake = ({ trial, statistics }: TriedColumn): boolean => {
  const { same } = trial ?? {};
  return same !== undefined && (same.count === 1 || same.firstCells !== undefined || same.count * 20 <= statistics.cells);
};

/** Whether a column is the first and contains codes with only a few duplicates. */
const areMostlyDifferentCodes = (column: TriedColumn, chosen: readonly number[], sample: readonly CsvRow[]): boolean =>
  column.index === 0 &&
  isLikelyMistake(column) &&
  ((column.trial?.same?.count ?? 0) * 20 <= column.statistics.cells || !chosen.includes(0)) &&
  sample.every(({ cells }) => CODE.test(cells[0] ?? ""));

/** Notes on columns that look like the key but are not unique. */
const rejectedNotes = (columns: readonly TriedColumn[], chosen: readonly number[], sample: readonly CsvRow[]): string[] =>
  columns
    .filter((column) => {
      const { name, index, isUnique, inferred, trial } = column;
      const isEvident =
        isExactKeyName(name) ||
        (isAssignedCodeName(name) && isLikelyMistake(column)) ||
        (index === 0 && (isFirstKeyName(name) || trial?.same?.firstCells !== undefined)) ||
        areMostlyDifferentCodes(column, chosen, sample);
      // A code that repeats often is a good part of a composite key.
      const isGoodPart = chosen.includes(index) && !isLikelyMistake(column);
      return isEvident && !isGoodPart && !(isUnique && inferred.required);
    })
    .map(whyNoKey);

const UNIQUE_NOTE = "no cell is empty and no two are the same";

async function run(rows: AsyncIterable<CsvRow>, trials: readonly KeyTrial[]): Promise<void> {
  for await (const { cells, line } of rows) for (const trial of trials) if (trial.holds) trial.add(cells, line);
}

/** The keys that are unique in the sample. */
function uniqueInSample(keys: readonly KeyCandidate[][], sample: readonly CsvRow[]): KeyCandidate[][] {
  return keys.filter((key) => {
    const trial = new Trial(key.map(({ index }) => index));
    for (const { cells, line } of sample) trial.add(cells, line);
    return trial.holds;
  });
}

/** Finds two or three columns that are unique together. */
async function findComposite(
  columns: readonly TriedColumn[],
  sample: readonly CsvRow[],
  rows: () => AsyncIterable<CsvRow>,
): Promise<KeyCandidate[] | undefined> {
  const left = uniqueInSample(compositeKeyCandidates(columns), sample);
  for (let i = 0; i < MAX_READINGS && left.length > 0; i += 1) {
    const tried = left.splice(0, KEYS_PER_READING).map((key) => ({ key, trial: new Trial(key.map(({ index }) => index)) }));
    await run(
      rows(),
      tried.map(({ trial }) => trial),
    );
    const found = tried.find(({ trial }) => trial.holds);
    if (found) return found.key;
  }
  return undefined;
}

/** Whether a count of cells is low enough to be a mistake. */
const areFew = (count: number, cells: number): boolean => count === 1 || count * 20 <= cells;

/** A whole number that is neither a year nor a code. It may be corrected later, so it should not be part of a key. */
const isAmount = ({ inferred, name }: KeyCandidate): boolean =>
  inferred.schema.type === "integer" && !/year|jahr|(^|_)ann(ee|o|us)?(_|$)|period/.test(name) && !isKeyName(name);

/** Why a first column of texts is not the key: a few empty cells, or hidden characters. */
function whyNotFirst(columns: readonly TriedColumn[], rows: number): string[] {
  const [first] = columns;
  if (first?.index !== 0 || first.inferred.schema.type !== "string" || isFirstKeyName(first.name)) return [];
  const { trial, name, statistics } = first;
  const { empty } = statistics;
  const start = `${name} would identify the rows, but`;
  const isSame = trial?.same !== undefined && !(trial.same.cells[0] === "" && trial.same.count + 1 === empty.count);
  if (isSame || trial === undefined) return [];
  if (empty.count > 0) return areFew(empty.count, rows) ? [`${start} it is empty in ${empty.where}`] : [];
  return trial.hidden ? [`${start} ${describeHiddenKey(trial.hidden)}: delete it to make this the key`] : [];
}

/** Why several columns that are not amounts are not the key: a few empty cells or a few duplicates. */
async function whyNotTogether(columns: readonly TriedColumn[], rows: () => AsyncIterable<CsvRow>, count: number): Promise<string[]> {
  const isNearlyFull = ({ inferred, statistics }: TriedColumn): boolean =>
    inferred.required || (statistics.empty.count > 0 && areFew(statistics.empty.count, count));
  const tried = compositeKeyCandidates(columns, isNearlyFull)
    .filter((key) => !key.some(isAmount))
    .slice(0, KEYS_PER_READING)
    .map((key) => ({
      key,
      trial: new Trial(
        key.map(({ index }) => index),
        true,
      ),
    }));
  for await (const { cells, line } of rows()) for (const { trial } of tried) trial.add(cells, line);
  const near = tried.find(({ trial: { same, hidden } }) => hidden === undefined && (same === undefined || areFew(same.count, count)));
  if (!near) return [];
  const start = `${near.key.map(({ name }) => name).join(" and ")} would identify the rows, but`;
  if (near.trial.same) return [`${start} ${describeSameKey(near.trial.same)}`];
  const incomplete = near.key.find(({ statistics }) => statistics.empty.count > 0);
  return incomplete ? [`${start} ${incomplete.name} is empty in ${incomplete.statistics.empty.where}`] : [];
}

/** Probable mistakes in the file that keep better columns from being the key. */
async function whyNotBetter(columns: readonly TriedColumn[], rows: () => AsyncIterable<CsvRow>): Promise<string[]> {
  const [any] = columns;
  const count = any ? any.statistics.cells + any.statistics.missingCells + any.statistics.empty.count : 0;
  const notes = whyNotFirst(columns, count);
  return notes.length > 0 ? notes : whyNotTogether(columns, rows, count);
}

/** Why no key was found: equal rows, and the nearest candidate. */
async function whyNone(columns: readonly TriedColumn[], rows: () => AsyncIterable<CsvRow>): Promise<string[]> {
  const whole = new Trial(
    columns.map(({ index }) => index),
    true,
  );
  const [nearest] = compositeKeyCandidates(columns);
  const near = new Trial(nearest?.map(({ index }) => index) ?? []);
  const trials = nearest ? [near] : [];
  for await (const { cells, line } of rows()) {
    // Empty cells count as equal here.
    whole.add(
      cells.map((cell) => `.${cell}`),
      line,
    );
    for (const trial of trials) if (trial.holds) trial.add(cells, line);
  }
  const notes: string[] = [];
  if (whole.same)
    notes.push(
      `lines ${whole.same.firstLine} and ${whole.same.line} are the same in every cell${whole.same.count > 1 ? `, as are ${whole.same.count - 1} more` : ""}`,
    );
  if (near.same) notes.push(`${nearest?.map(({ name }) => name).join(" and ")} come closest, but ${describeSameKey(near.same)}`);
  return notes;
}

/** Chooses the primary key and explains the choice. */
export async function chooseKey(
  columns: readonly TriedColumn[],
  sample: readonly CsvRow[],
  rows: () => AsyncIterable<CsvRow>,
): Promise<KeyChoice> {
  if (sample.length === 0) {
    const first = columns.find(({ name }) => isKeyName(name)) ?? columns[0];
    return { indexes: first ? [first.index] : [], notes: ["the file has no rows yet; another key: --key COLUMN"] };
  }
  const [single] = singleKeyCandidates(columns);
  if (single) return { indexes: [single.index], notes: [UNIQUE_NOTE, ...rejectedNotes(columns, [single.index], sample)] };
  const composite = await findComposite(columns, sample, rows);
  if (composite) {
    const indexes = composite.map(({ index }) => index);
    const amounts = composite.filter(isAmount);
    return {
      indexes,
      notes: [
        `${composite.map(({ name }) => name).join(", ")}: together they identify the rows; no single column does`,
        ...amounts.map(
          ({ name }) => `a record whose ${name} is corrected becomes another record; to choose another key: --key COLUMN,COLUMN`,
        ),
        ...(amounts.length > 0 ? await whyNotBetter(columns, rows) : []),
        ...rejectedNotes(columns, indexes, sample),
      ],
    };
  }
  const why = await whyNone(columns, rows);
  return {
    indexes: [],
    notes: [
      "added: it numbers the rows, because no codes, days or names, alone or up to three together, tell them apart",
      ...rejectedNotes(columns, [], sample),
      ...why,
      ...(why.length > 0 ? [] : await whyNotBetter(columns, rows)),
      "with numbers as the key, inserting a row renumbers all rows below it; to choose a key: --key COLUMN,COLUMN",
    ],
  };
}
