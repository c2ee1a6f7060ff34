export { answerOf, openAnswers } from "./answers";
export { countCells } from "./cells";
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
export { addKey, findReferences, initReference, referenceBytes } from "./keys";
export { isProved } from "./proof";
export { addItemLines, addLine, cellBytes, initCell, setFirstLayout } from "./csv";
export { addForm, openForms } from "./forms";
export { addToLeaves, clearLeaf, countLeaf, initLeaf, leafBytes, leafCount, leafLevels, setLeafSinks } from "./leaves";
export { countNewlines, lastNewline } from "./newlines";
export { addName, nameBytes, openNames } from "./names";
export { isRecordRewritten, mayHoldSurprise, openBatch, readEnd, readRecord, unknownNameEnd, unknownNameStart } from "./reader";
export { writeWordRle } from "./rle";
export { compressSnappy } from "./snappy";
export { openTape, tapeSize } from "./tape";
export { xxhash64 } from "./xxhash64";

/** Where memory begins that nothing stands in. */
export function heapStart(): usize {
  return __heap_base;
}
