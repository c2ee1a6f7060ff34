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
export { addBesideKey, addKeys, initReference, openKeys, openLabels, openReferences, referenceBytes } from "./keys";
export { cellBytes, clearCsvTable, countCsvRows, csvRows, csvTableBytes, initCell, initCsvTable, setFirstLayout } from "./csv";
export { addForm, isFormProved, openForms } from "./forms";
export { clearLeaf, countLeaf, initLeaf, leafBytes, leafCount, leafLevels, setLeafSinks } from "./leaves";
export { addText, areLinesTogether, clearLines, joinLines, lineBytes, openLines } from "./lines";
export { countNewlines, lastNewline } from "./newlines";
export { addName, nameBytes, openNames } from "./names";
export {
  keepText,
  mayHoldSurprise,
  openBatch,
  readEnd,
  readRecord,
  takeText,
  textStart,
  unknownNameEnd,
  unknownNameStart,
} from "./reader";
export { writeWordRle } from "./rle";
export { afterRecord, encodeRecord, openCsv, openLeaves, openRun, runRecords, takenRecords } from "./run";
export { compressSnappy } from "./snappy";
export { openTape, tapeSize } from "./tape";
export { xxhash64 } from "./xxhash64";

/** Where memory begins that nothing stands in. */
export function heapStart(): usize {
  return __heap_base;
}
