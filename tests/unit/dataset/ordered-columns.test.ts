import { expect, it } from "vitest";
import { orderedColumns } from "../../../lib/dataset/ordered-columns.ts";

it.each<[string, string[] | undefined]>([
  ["SELECT a FROM t ORDER BY a", ["a"]],
  ['select a from t order\n by a desc, b.c, "d e" , [f] ASC nulls last; ', ["a", "d e", "f"]],
  ["SELECT a FROM t ORDER BY max(a, b), a -- , c\n LIMIT 3, 4", ["a"]],
  ["SELECT a FROM t ORDER BY 1, a COLLATE NOCASE, a || b", []],
  ["WITH b AS (SELECT a FROM t ORDER BY a) SELECT a FROM b", undefined],
  ["SELECT a FROM t ORDER BY a; SELECT 1", ["a"]],
  ["SELECT a FROM t -- ORDER BY a", undefined],
  ["SELECT 'ORDER BY a' FROM t", undefined],
  ['SELECT "order by" FROM t', undefined],
  ["SELECT '(' FROM t ORDER BY a", ["a"]],
  ["SELECT sum(a) OVER (ORDER BY a) FROM t", undefined],
  ["SELECT a FROM t /* ( */ ORDER BY a", ["a"]],
  ["SELECT reorder BY", undefined],
])("finds by which columns the outermost SELECT orders: %s", (sql, columns) => {
  expect(orderedColumns(sql)).toEqual(columns);
});
