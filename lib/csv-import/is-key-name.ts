export const EXACT = /^(id|key|code|uuid|guid)$/;

export const ENDING = /_(id|key|code|uuid|guid|nr|isbn|iban)$/;

/** Names of codes that others assigned. */
const ASSIGNED = /(^|_)(sku|isbn|issn|doi|iban|ean|gtin|upc|asin|lei|vin|imei|barcode|accession|callsign|kennung|kennziffer|kennzeichen)$/;

/** Names of keys in the first column; elsewhere, such a column may contain counts. */
const NUMBERING =
  /(^|_)(nr|no|num|number|nummer|numero|número|numéro|nro|номер|lfd|ref|reference|referenz|serial|registration|identifier|ident)$|(nummer|nr)$/;

/** Whether a column is named like a key. */
export const isKeyName = (name: string): boolean => EXACT.test(name) || ENDING.test(name);

export const isExactKeyName = (name: string): boolean => EXACT.test(name);

/** Whether a column is named like a code that identifies one thing. */
export const isAssignedCodeName = (name: string): boolean => ASSIGNED.test(name);

/** Whether the first column is named like a key. */
export const isFirstKeyName = (name: string): boolean => isKeyName(name) || isAssignedCodeName(name) || NUMBERING.test(name);

/** Whether it is worth counting all reasons why a column is not the key. */
export const mayBeKey = (name: string, index: number): boolean => index === 0 || isKeyName(name) || isAssignedCodeName(name);
