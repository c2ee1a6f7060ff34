import type { TablePlan } from "../../schema/table-plan.ts";
import type { IcebergColumn } from "../iceberg-columns.ts";
import { DECIMAL_PRECISION, type Leaf, leafColumns } from "./leaf.ts";

/** The type in Iceberg (Apache Iceberg, Table Spec, Appendix A: Parquet). */
function icebergType({ physical, logical, scale }: Leaf): string {
  if (logical === "decimal") return `decimal(${DECIMAL_PRECISION}, ${scale})`;
  if (logical === "date") return "date";
  const types = { boolean: "boolean", int32: "int", int64: "long", double: "double", bytes: "string" } as const;
  return types[physical];
}

/** The columns of a table's Parquet file, as Iceberg has them. */
export const parquetIcebergColumns = (plan: TablePlan): IcebergColumn[] =>
  leafColumns(plan).map((leaf) => {
    const { name, isList, isRequired, hasAllItems, isKey } = leaf;
    return { name, isList, isRequired, hasAllItems, isKey, type: icebergType(leaf), isJson: leaf.logical === "json" };
  });
