import { describe, expect, it } from "vitest";
import { queryRepository } from "../../../../lib/adapters/github/query-repository.ts";
import { failureOf, gitHubOf, REPOSITORY } from "./fake-github.ts";

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
