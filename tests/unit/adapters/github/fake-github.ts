import { expect } from "vitest";
import type { GitHub } from "../../../../lib/adapters/github/github-client.ts";
import { ForgeError } from "../../../../lib/ports/forge-error.ts";

export const REPOSITORY = { owner: "o", repo: "r" };

/** A fake GitHub that answers queries in order and records them. */
export function gitHubOf(...answers: unknown[]): { github: GitHub; asked: { query: string; variables: Record<string, unknown> }[] } {
  const asked: { query: string; variables: Record<string, unknown> }[] = [];
  const graphql = async (query: string, variables: Record<string, unknown>): Promise<unknown> => {
    asked.push({ query, variables });
    const answer = answers[asked.length - 1];
    if (answer instanceof Error) throw answer;
    return { repository: answer };
  };
  return { github: { graphql } as unknown as GitHub, asked };
}

/** The error of a promise, which must be a `ForgeError`. */
export const failureOf = async (promise: Promise<unknown>): Promise<ForgeError> => {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ForgeError);
  return error as ForgeError;
};
