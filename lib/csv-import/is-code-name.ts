import { EXACT } from "./is-key-name.ts";

const CODE =
  /(^|_)(ids?|keys?|codes?|uuid|guid|isbn|issn|ean|gtin|sku|iban|zip|zipcode|postcode|plz|nr|barcode|upc|imei|sha|hash|commit|phone|fax|version|release|revision)$/;

/** Whether a column is named like codes, whose digits are not numbers. */
export const isCodeName = (name: string): boolean => EXACT.test(name) || CODE.test(name);
