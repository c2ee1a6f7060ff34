/** Limits of Excel ("Excel specifications and limits"). The rows include the header. */
export const MAX_SHEET_ROWS = 1_048_576;
export const MAX_SHEET_COLUMNS = 16_384;
