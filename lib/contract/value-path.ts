/** The path of a value in a record or a schema: names, and indexes of items. */
export type ValuePath = readonly (string | number)[];
