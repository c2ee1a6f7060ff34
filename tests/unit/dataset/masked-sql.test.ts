import { describe, expect, it } from "vitest";
import { maskedSql } from "../../../lib/dataset/masked-sql.ts";
import { sqlWithoutComments } from "../../../lib/dataset/sql-without-comments.ts";

describe("maskedSql", () => {
  it.each([
    ["SELECT a", "SELECT a", "SELECT a"],
    ['SELECT "a""b", c', "SELECT       , c", 'SELECT "a""b", c'],
    ["SELECT 'it''s', c", "SELECT        , c", "SELECT 'it''s', c"],
    ["SELECT `a``b`, c", "SELECT       , c", "SELECT `a``b`, c"],
    ["SELECT [a b], c", "SELECT      , c", "SELECT [a b], c"],
    ["a -- b\nc", "a     \nc", "a     \nc"],
    ["a /* b\n */ c", "a          c", "a          c"],
    ["a /* open", "a        ", "a        "],
    ["'-- text'", "         ", "'-- text'"],
    ["'/* text'", "         ", "'/* text'"],
  ])("of %j are %j and %j", (sql, masked, without) => {
    expect(maskedSql(sql)).toBe(masked);
    expect(sqlWithoutComments(sql)).toBe(without);
  });
});
