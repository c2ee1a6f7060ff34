export {
  compareValues,
  cutPages,
  fillBloomFilter,
  findBounds,
  makeDictionary,
  openLevels,
  openValues,
  valueBody,
  valueStart,
  writeEntries,
  writePage,
} from "./column";
export { writeWordRle } from "./rle";
export { compressSnappy } from "./snappy";
export { xxhash64 } from "./xxhash64";

/** Where memory begins that nothing stands in. */
export function heapStart(): usize {
  return __heap_base;
}
