/** What assembly/index.ts exports. Addresses and sizes are numbers of bytes. */
export interface KernelCode {
  memory: WebAssembly.Memory;
  heapStart(): number;
  addBesideKey(places: number): void;
  addForm(number: number, address: number, places: number, proof: number, steps: number): void;
  addKeys(places: number): number;
  addName(number: number, text: number, length: number, isRefused: number): void;
  addText(start: number, end: number): void;
  afterRecord(end: number): number;
  answerOf(asker: number, entry: number): number;
  areLinesTogether(): number;
  cellBytes(): number;
  clearCsvTable(table: number): void;
  clearLeaf(leaf: number): void;
  clearLines(): void;
  compareValues(a: number, b: number): number;
  compressSnappy(from: number, to: number, out: number): number;
  countCells(places: number, columns: number, count: number, filled: number, empty: number): void;
  /** Line breaks from an address up to another. */
  countNewlines(from: number, to: number): number;
  countCsvRows(table: number, rows: number): void;
  countLeaf(leaf: number, levels: number, count: number): void;
  csvRows(table: number): number;
  csvTableBytes(): number;
  cutPages(firstRecords: number, pages: number, out: number): void;
  encodeRecord(places: number): number;
  fillBloomFilter(size: number, blocks: number, blockCount: number): void;
  findBounds(from: number, to: number, seen: number, page: number, out: number): void;
  initCell(cell: number, way: number, asker: number, place: number, path: number, pathLength: number): void;
  initCsvTable(table: number, cells: number, count: number, list: number, out: number): void;
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
  isFormProved(number: number): number;
  joinLines(out: number, separator: number, separatorBytes: number): number;
  keepText(): void;
  lastNewline(): number;
  leafBytes(): number;
  leafCount(leaf: number): number;
  leafLevels(leaf: number): number;
  lineBytes(): number;
  makeDictionary(table: number, slots: number, indexes: number, entries: number): number;
  mayHoldSurprise(): number;
  nameBytes(): number;
  openAnswers(slots: number, count: number, texts: number, bytes: number, factor: number): void;
  openBatch(end: number, out: number): void;
  openCsv(tables: number, count: number): void;
  openForms(slots: number, count: number, plans: number, factor: number): void;
  openKeys(place: number, mayLookOtherwise: number, bytes: number, ends: number, fingerprints: number): void;
  openLabels(place: number, labels: number): void;
  openLeaves(leaves: number, count: number, sizes: number): void;
  openLevels(repetitions: number, maxRepetition: number, definitions: number, maxDefinition: number, levels: number): void;
  openLines(bounds: number): void;
  openNames(table: number, slots: number, count: number, factor: number): void;
  openReferences(references: number, count: number, unknown: number): void;
  openRun(mustProve: number, encodes: number, isStepwise: number): void;
  openTape(entries: number, kinds: number, holds: number, names: number, starts: number, ends: number, nexts: number, values: number): void;
  openValues(physical: number, values: number, count: number, starts: number): void;
  readEnd(): number;
  readRecord(start: number): number;
  referenceBytes(): number;
  runRecords(start: number): number;
  setFirstLayout(is: number): void;
  setLeafSinks(leaf: number, repetitions: number, definitions: number, values: number): void;
  takeText(length: number): void;
  takenRecords(): number;
  textStart(): number;
  unknownNameEnd(): number;
  unknownNameStart(): number;
  valueBody(i: number): number;
  valueStart(i: number): number;
  writeWordRle(out: number, values: number, from: number, to: number, width: number): number;
  writeEntries(size: number, out: number): number;
  writePage(out: number, levelFrom: number, levelTo: number, from: number, to: number): number;
  xxhash64(from: number, to: number): bigint;
}
