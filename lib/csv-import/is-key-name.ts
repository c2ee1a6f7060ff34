export const EXACT = /^(id|key|code|uuid|guid)$/;

export const ENDING = /_(id|key|code|uuid|guid|nr|isbn|iban)$/;

/** Names of codes that others assigned. */
const ASSIGNED = /(^|_)(sku|isbn|issn|doi|iban|ean|gtin|upc|asin|lei|vin|imei|barcode|accession|callsign|kennung|kennziffer|kennzeichen)$/;

/** Names that people give to the first column; in another one, it may be a count. */
const NUMBERING =
  /(^|_)(nr|no|num|number|nummer|numero|número|numéro|nro|номер|lfd|ref|reference|referenz|serial|registration|identifier|ident)$|(nummer|nr)$/;

/** Whether a column is named like a key. */
export const isKeyName = (name: string): boolean => EXACT.test(name) || ENDING.test(name);

export const isExactKeyName = (name: string): boolean => EXACT.test(name);

/** Whether a column is named like a code that something has only once. */
export const isAssignedCodeName = (name: string): boolean => ASSIGNED.test(name);

/** Whether the first column is named like a key. */
export const isFirstKeyName = (name: string): boolean => isKeyName(name) || isAssignedCodeName(name) || NUMBERING.test(name);

/** Whether all that prevents a column from being the key is worth knowing. */
export const mayBeKey = (name: string, index: number): boolean => index === 0 || isKeyName(name) || isAssignedCodeName(name);
