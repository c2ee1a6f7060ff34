import { describe, expect, it } from "vitest";
import type { GitHub } from "../../../../lib/adapters/github/github-client.ts";
import { queryRepository } from "../../../../lib/adapters/github/query-repository.ts";
import { ForgeError } from "../../../../lib/ports/forge-error.ts";

const REPOSITORY = { owner: "o", repo: "r" };

/** A GitHub that answers queries one after the other, and remembers them. */
function gitHubOf(...answers: unknown[]): { github: GitHub; asked: { query: string; variables: Record<string, unknown> }[] } {
  const asked: { query: string; variables: Record<string, unknown> }[] = [];
  const graphql = async (query: string, variables: Record<string, unknown>): Promise<unknown> => {
    asked.push({ query, variables });
    const answer = answers[asked.length - 1];
    if (answer instanceof Error) throw answer;
    return { repository: answer };
  };
  return { github: { graphql } as unknown as GitHub, asked };
}

const failureOf = async (promise: Promise<unknown>): Promise<ForgeError> => {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ForgeError);
  return error as ForgeError;
};

describe("queryRepository", () => {
  const ask = (...answers: unknown[]) => queryRepository(gitHubOf(...answers).github, REPOSITORY, "query", { a: 1 });
  const graphQlError = (...errors: unknown[]) => Object.assign(new Error("x"), { name: "GraphqlResponseError", errors });

  it("asks for a repository by its names", async () => {
    const { github, asked } = gitHubOf({ found: true });
    expect(await queryRepository(github, REPOSITORY, "query", { a: 1 })).toEqual({ found: true });
    expect(asked).toEqual([{ query: "query", variables: { owner: "o", name: "r", a: 1 } }]);
  });

  it("fails when there is none, or when GitHub reports an error", async () => {
    expect(await failureOf(ask(null))).toMatchObject({
      ...{ message: "There is no repository o/r on GitHub", reason: "missing", publicMessage: "There is no such repository on GitHub" },
    });
    expect(await failureOf(ask(graphQlError({ type: "NOT_FOUND", message: "m" })))).toMatchObject({
      ...{
        message: "GitHub answered a query with NOT_FOUND: m",
        reason: "missing",
        publicMessage: "GitHub answered a query with NOT_FOUND",
      },
    });
    expect(await failureOf(ask(graphQlError({ type: "X" }, { type: "FORBIDDEN" })))).toMatchObject({ reason: "refused" });
    expect(await failureOf(ask(graphQlError()))).toMatchObject({
      message: "GitHub answered a query with an error: ",
      reason: "unavailable",
    });
    await expect(ask(new Error("reset"))).rejects.toThrow("reset");
  });
});
