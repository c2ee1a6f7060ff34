/** What assembly/index.ts exports. Addresses and sizes are numbers of bytes. */
export interface KernelCode {
  memory: WebAssembly.Memory;
  heapStart(): number;
  compareValues(a: number, b: number): number;
  compressSnappy(from: number, to: number, out: number): number;
  cutPages(firstRecords: number, pages: number, out: number): void;
  fillBloomFilter(size: number, blocks: number, blockCount: number): void;
  findBounds(from: number, to: number, seen: number, page: number, out: number): void;
  makeDictionary(table: number, slots: number, indexes: number, entries: number): number;
  openLevels(repetitions: number, maxRepetition: number, definitions: number, maxDefinition: number, levels: number): void;
  openValues(physical: number, values: number, count: number, starts: number): void;
  valueBody(i: number): number;
  valueStart(i: number): number;
  writeWordRle(out: number, values: number, from: number, to: number, width: number): number;
  writeEntries(size: number, out: number): number;
  writePage(out: number, levelFrom: number, levelTo: number, from: number, to: number): number;
  xxhash64(from: number, to: number): bigint;
}
