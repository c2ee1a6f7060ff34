/** What assembly/index.ts exports. Addresses and sizes are numbers of bytes. */
export interface KernelCode {
  memory: WebAssembly.Memory;
  heapStart(): number;
  addForm(number: number, address: number): void;
  addName(number: number, text: number, length: number, isRefused: number): void;
  compareValues(a: number, b: number): number;
  compressSnappy(from: number, to: number, out: number): number;
  cutPages(firstRecords: number, pages: number, out: number): void;
  fillBloomFilter(size: number, blocks: number, blockCount: number): void;
  findBounds(from: number, to: number, seen: number, page: number, out: number): void;
  isRecordRewritten(): number;
  makeDictionary(table: number, slots: number, indexes: number, entries: number): number;
  mayHoldSurprise(): number;
  nameBytes(): number;
  openBatch(end: number, out: number): void;
  openForms(slots: number, count: number, factor: number): void;
  openLevels(repetitions: number, maxRepetition: number, definitions: number, maxDefinition: number, levels: number): void;
  openNames(table: number, slots: number, count: number, factor: number): void;
  openTape(entries: number, kinds: number, holds: number, names: number, starts: number, ends: number, nexts: number): void;
  openValues(physical: number, values: number, count: number, starts: number): void;
  readEnd(): number;
  readRecord(start: number): number;
  unknownNameEnd(): number;
  unknownNameStart(): number;
  valueBody(i: number): number;
  valueStart(i: number): number;
  writeWordRle(out: number, values: number, from: number, to: number, width: number): number;
  writeEntries(size: number, out: number): number;
  writePage(out: number, levelFrom: number, levelTo: number, from: number, to: number): number;
  xxhash64(from: number, to: number): bigint;
}
