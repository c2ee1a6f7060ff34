export { cachedAnswer, openAnswerCache, takeDroppedAnswers } from "./answer-cache";
export { addBatchText, areBatchTextsTogether, batchTextsLength, clearBatchTexts, joinBatchTexts, openBatchTexts } from "./batch-texts";
export { countCells, openCellCounts } from "./cell-counts";
export { compressSnappy } from "./compress-snappy";
export {
  addCsvTableRows,
  clearCsvTable,
  csvCellSize,
  csvTableRows,
  csvTableSize,
  initCsvCell,
  initCsvTable,
  setFirstCsvLayout,
} from "./csv-table";
export { addToFormTable, isProvedInFormTable, openFormTable } from "./form-table";
export { heapStart } from "./heap-start";
export { addInternedName, internedNameSize, openInternedNames } from "./interned-names";
export { addLeafSinkCounts, clearLeafSinks, initLeafSinks, leafSinkCount, leafSinkLevels, leafSinksSize, setLeafSinks } from "./leaf-sinks";
export { countNewlines, lastNewline } from "./newlines";
export {
  compareParquetColumnValues,
  cutParquetColumnPages,
  fillParquetColumnFilter,
  findParquetColumnBounds,
  makeParquetColumnDictionary,
  openParquetColumn,
  parquetColumnValueBody,
  parquetColumnValueStart,
  setParquetColumnLevels,
  writeParquetColumnDictionary,
  writeParquetColumnPage,
} from "./parquet-column";
export {
  addParsedRecord,
  keepParsedRecord,
  mayParsedRecordSurprise,
  openRecordParser,
  parsedRecordStart,
  parseRecord,
  recordParserEnd,
  recordParserNameEnd,
  recordParserNameStart,
} from "./record-parser";
export {
  afterRunRecord,
  encodeRunRecord,
  openRecordRun,
  recordRunCount,
  runRecords,
  setRecordRunCsv,
  setRecordRunLeaves,
} from "./record-run";
export { writeWordRle } from "./rle";
export { openTape, tapeSize } from "./tape";
export { addBesideTapeKey, addTapeKey, openTapeKeys, setTapeKeyLabels, setTapeKeyLooks } from "./tape-keys";
export { initTapeReference, openTapeReferences, tapeReferenceSize } from "./tape-references";
export { xxhash64 } from "./xxhash64";
