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
  ["SELECT a FROM t ORDER BY coalesce(x, a, b), c", ["c"]],
  ["SELECT a FROM t ORDER BY (SELECT max(b), a LIMIT 1), c LIMIT 5", ["c"]],
  ['SELECT "limit" FROM t ORDER BY "limit", [a;b], `c--d` LIMIT 1', ["limit", "a;b", "c--d"]],
  ['SELECT a FROM t ORDER BY "a, b", c', ["a, b", "c"]],
  ["SELECT a, b FROM t ORDER BY a /* , b */ desc", ["a"]],
])("finds by which columns the outermost SELECT orders: %s", (sql, columns) => {
  expect(orderedColumns(sql)).toEqual(columns);
});
