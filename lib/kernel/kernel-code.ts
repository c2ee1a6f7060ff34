/** What assembly/index.ts exports. Addresses and sizes are numbers of bytes. */
export interface KernelCode {
  memory: WebAssembly.Memory;
  heapStart(): number;
  addForm(number: number, address: number): void;
  addItemLines(cells: number, count: number, places: number, list: number, out: number): number;
  addKey(entry: number, mayLookOtherwise: number, bytes: number, ends: number, fingerprints: number): number;
  addLine(cells: number, count: number, places: number, out: number): void;
  addName(number: number, text: number, length: number, isRefused: number): void;
  addToLeaves(leaves: number, count: number, places: number, sizes: number): number;
  answerOf(asker: number, entry: number): number;
  cellBytes(): number;
  clearLeaf(leaf: number): void;
  compareValues(a: number, b: number): number;
  compressSnappy(from: number, to: number, out: number): number;
  countCells(places: number, columns: number, count: number, filled: number, empty: number): void;
  /** Line breaks from an address up to another. */
  countNewlines(from: number, to: number): number;
  countLeaf(leaf: number, levels: number, count: number): void;
  cutPages(firstRecords: number, pages: number, out: number): void;
  fillBloomFilter(size: number, blocks: number, blockCount: number): void;
  findBounds(from: number, to: number, seen: number, page: number, out: number): void;
  findReferences(references: number, count: number, places: number, unknown: number): void;
  initCell(cell: number, way: number, asker: number, place: number, path: number, pathLength: number): void;
  initLeaf(
    leaf: number,
    way: number,
    asker: number,
    place: number,
    isList: number,
    empty: number,
    maxDefinition: number,
    path: number,
    pathLength: number,
  ): void;
  initReference(reference: number, place: number, kinds: number, asker: number, isList: number, name: number): void;
  isProved(steps: number, count: number): number;
  isRecordRewritten(): number;
  lastNewline(): number;
  leafBytes(): number;
  leafCount(leaf: number): number;
  leafLevels(leaf: number): number;
  makeDictionary(table: number, slots: number, indexes: number, entries: number): number;
  mayHoldSurprise(): number;
  nameBytes(): number;
  openAnswers(slots: number, count: number, texts: number, bytes: number, factor: number): void;
  openBatch(end: number, out: number): void;
  openForms(slots: number, count: number, factor: number): void;
  openLevels(repetitions: number, maxRepetition: number, definitions: number, maxDefinition: number, levels: number): void;
  openNames(table: number, slots: number, count: number, factor: number): void;
  openTape(entries: number, kinds: number, holds: number, names: number, starts: number, ends: number, nexts: number): void;
  openValues(physical: number, values: number, count: number, starts: number): void;
  readEnd(): number;
  readRecord(start: number): number;
  referenceBytes(): number;
  setFirstLayout(is: number): void;
  setLeafSinks(leaf: number, repetitions: number, definitions: number, values: number): void;
  unknownNameEnd(): number;
  unknownNameStart(): number;
  valueBody(i: number): number;
  valueStart(i: number): number;
  writeWordRle(out: number, values: number, from: number, to: number, width: number): number;
  writeEntries(size: number, out: number): number;
  writePage(out: number, levelFrom: number, levelTo: number, from: number, to: number): number;
  xxhash64(from: number, to: number): bigint;
}
