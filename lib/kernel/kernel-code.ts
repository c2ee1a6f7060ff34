/** The exports of assembly/index.ts. Addresses and sizes are in bytes. */
export interface KernelCode {
  memory: WebAssembly.Memory;
  heapStart(): number;
  addBatchText(start: number, end: number): void;
  addBesideTapeKey(slots: number): void;
  addCsvTableRows(table: number, rows: number): void;
  addInternedName(number: number, text: number, length: number, isRefused: number): void;
  addLeafSinkCounts(leaf: number, levels: number, count: number): void;
  addParsedRecord(length: number): void;
  addTapeKey(slots: number): number;
  addToFormTable(number: number, address: number, slots: number, proof: number, steps: number): void;
  afterRunRecord(end: number): number;
  areBatchTextsTogether(): number;
  batchTextsLength(): number;
  cachedAnswer(asker: number, entry: number): number;
  clearBatchTexts(): void;
  clearCsvTable(table: number): void;
  clearLeafSinks(leaf: number): void;
  compareParquetColumnValues(a: number, b: number): number;
  compressSnappy(from: number, to: number, out: number): number;
  countCells(slots: number): void;
  /** Line breaks between two addresses. */
  countNewlines(from: number, to: number): number;
  csvCellSize(): number;
  csvTableRows(table: number): number;
  csvTableSize(): number;
  cutParquetColumnPages(firstRecords: number, pages: number, out: number): void;
  encodeRunRecord(slots: number): number;
  fillParquetColumnFilter(size: number, blocks: number, blockCount: number): void;
  findParquetColumnBounds(from: number, to: number, seen: number, page: number, out: number): void;
  initCsvCell(cell: number, way: number, asker: number, itemAsker: number, slot: number, path: number, pathLength: number): void;
  initCsvTable(table: number, cells: number, count: number, list: number, out: number): void;
  initLeafSinks(
    leaf: number,
    way: number,
    asker: number,
    slot: number,
    isList: number,
    empty: number,
    maxDefinition: number,
    path: number,
    pathLength: number,
  ): void;
  initTapeReference(reference: number, slot: number, kinds: number, asker: number, isList: number, name: number): void;
  internedNameSize(): number;
  isProvedInFormTable(number: number): number;
  joinBatchTexts(out: number, separator: number, separatorBytes: number): number;
  keepParsedRecord(): void;
  lastNewline(): number;
  leafSinkCount(leaf: number): number;
  leafSinkLevels(leaf: number): number;
  leafSinksSize(): number;
  makeParquetColumnDictionary(table: number, slots: number, indexes: number, entries: number): number;
  mayParsedRecordSurprise(): number;
  openAnswerCache(slots: number, count: number, texts: number, bytes: number, factor: number): void;
  openBatchTexts(bounds: number): void;
  openCellCounts(columns: number, count: number, counts: number): void;
  openFormTable(slots: number, count: number, plans: number, factor: number): void;
  openInternedNames(table: number, slots: number, count: number, factor: number): void;
  openParquetColumn(physical: number, values: number, count: number, starts: number): void;
  openRecordParser(end: number, out: number): void;
  openRecordRun(mustProve: number, encodes: number, isStepwise: number): void;
  openTape(entries: number, kinds: number, holds: number, names: number, starts: number, ends: number, nexts: number, values: number): void;
  openTapeKeys(columns: number, count: number, bytes: number, ends: number, fingerprints: number): void;
  openTapeReferences(references: number, count: number, unknown: number): void;
  parquetColumnValueBody(i: number): number;
  parquetColumnValueStart(i: number): number;
  parsedRecordStart(): number;
  parseRecord(start: number): number;
  recordParserEnd(): number;
  recordParserNameEnd(): number;
  recordParserNameStart(): number;
  recordRunCount(): number;
  runRecords(start: number): number;
  setFirstCsvLayout(is: number): void;
  setLeafSinks(leaf: number, repetitions: number, definitions: number, values: number): void;
  setParquetColumnLevels(repetitions: number, maxRepetition: number, definitions: number, maxDefinition: number, levels: number): void;
  setRecordRunCsv(tables: number, count: number): void;
  setRecordRunLeaves(leaves: number, count: number, sizes: number): void;
  setTapeKeyLabels(slot: number, labels: number): void;
  setTapeKeyLooks(looks: number): void;
  takeDroppedAnswers(): number;
  tapeReferenceSize(): number;
  writeParquetColumnDictionary(size: number, out: number): number;
  writeParquetColumnPage(out: number, levelFrom: number, levelTo: number, from: number, to: number): number;
  writeWordRle(out: number, values: number, from: number, to: number, width: number): number;
  xxhash64(from: number, to: number): bigint;
}
