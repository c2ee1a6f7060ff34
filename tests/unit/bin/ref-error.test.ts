import { expect, it } from "vitest";
import { refError } from "../../../bin/ref-error.ts";

const id = "1".repeat(40);
const zero = "0".repeat(40);
const errorOf = (ref: string, existing: string[] = [], now = id): string | undefined => refError(ref, { now, existing, branch: "main" });

it.each(["refs/heads/main", "refs/heads/a/b", "refs/tags/v1.0.0", "refs/heads/headless", "refs/heads/ahead", "refs/heads/Ünder"])(
  "takes %s",
  (ref) => {
    expect(errorOf(ref, [ref, "refs/heads/other"])).toBeUndefined();
  },
);

it.each([
  [`refs/replace/${id}`, "is neither a branch nor a tag"],
  ["refs/notes/commits", "is neither a branch nor a tag"],
  ["refs/pull/1/head", "is neither a branch nor a tag"],
  ["refs/remotes/origin/main", "is neither a branch nor a tag"],
  ["refs/heads/refs/heads/main", '"refs/heads/main" could be confused with another git name'],
  ["refs/heads/heads/main", '"heads/main" could'],
  ["refs/heads/HEAD", '"HEAD" could'],
  ["refs/tags/FETCH_HEAD", '"FETCH_HEAD" could'],
  ["refs/heads/x/HEAD", '"x/HEAD" could'],
  ["refs/heads/-x", '"-x" could'],
  [`refs/heads/${id}`, "could be confused"],
  ["refs/tags/main", 'a tag "main" could be confused with the branch main'],
  ["refs/tags/MAIN", "could be confused with the branch main"],
])("refuses %s", (ref, expected) => {
  expect(errorOf(ref)).toContain(expected);
});

it("refuses a name that differs from another only in case", () => {
  expect(errorOf("refs/heads/Main", ["refs/heads/main"])).toBe("refs/heads/Main and refs/heads/main differ only in case");
  expect(errorOf("refs/heads/Main", ["refs/tags/other"])).toBeUndefined();
});

it("allows deleting existing refs, but never the published branch", () => {
  expect(errorOf(`refs/replace/${id}`, [], zero)).toBeUndefined();
  expect(errorOf("refs/heads/side", [], zero)).toBeUndefined();
  expect(errorOf("refs/heads/main", [], zero)).toBe("main is published, so it cannot be deleted");
});
