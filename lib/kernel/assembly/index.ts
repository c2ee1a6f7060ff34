export { answerOf, openAnswers } from "./answer-cache";
export { countCells } from "./count-cells";
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
} from "./parquet-column";
export { addBesideKey, addKeys, initReference, openKeys, openLabels, openReferences, referenceBytes } from "./tape-keys";
export { cellBytes, clearCsvTable, countCsvRows, csvRows, csvTableBytes, initCell, initCsvTable, setFirstLayout } from "./csv-table";
export { addForm, isFormProved, openForms } from "./form-table";
export { clearLeaf, countLeaf, initLeaf, leafBytes, leafCount, leafLevels, setLeafSinks } from "./leaf-sinks";
export { addText, areLinesTogether, clearLines, joinLines, lineBytes, openLines } from "./batch-texts";
export { countNewlines, lastNewline } from "./newlines";
export { addName, nameBytes, openNames } from "./interned-names";
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
} from "./record-parser";
export { writeWordRle } from "./rle";
export { afterRecord, encodeRecord, openCsv, openLeaves, openRun, runRecords, takenRecords } from "./record-run";
export { compressSnappy } from "./compress-snappy";
export { openTape, tapeSize } from "./tape";
export { xxhash64 } from "./xxhash64";

/** Where memory begins that nothing stands in. */
export function heapStart(): usize {
  return __heap_base;
}
