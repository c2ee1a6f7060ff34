/** A column of a file, as an Iceberg table has it but for its id. */
export interface IcebergColumn {
  name: string;
  /** The type of its values, or of its items if it is a list. */
  type: string;
  isList: boolean;
  /** Every record has the value or list. */
  isRequired: boolean;
  /** No item of the list is null. */
  hasAllItems: boolean;
  isKey: boolean;
  /** Its texts are JSON. Iceberg has one type for these and for other texts. */
  isJson: boolean;
}

/** The type of a list (Apache Iceberg, Table Spec, Appendix C: JSON serialization). */
interface ListType {
  type: "list";
  "element-id": number;
  element: string;
  "element-required": boolean;
}

/** A column in the schema of an Iceberg table. */
export interface IcebergField {
  id: number;
  name: string;
  required: boolean;
  type: string | ListType;
}

/** The columns of a table's Parquet file with their ids. */
export interface IcebergColumns {
  /** The highest id that any column ever had. */
  "last-column-id": number;
  /** The primary key. Empty if Iceberg does not allow it, because a column may be null or is a floating-point number. */
  "identifier-field-ids": number[];
  fields: IcebergField[];
}

/** Table → columns: `iceberg` in `datapackage.json`. A former table keeps its highest id and has no fields. */
export type IcebergTables = Readonly<Record<string, IcebergColumns>>;
