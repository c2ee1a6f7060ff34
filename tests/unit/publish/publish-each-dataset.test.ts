import { expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import type { Store } from "../../../lib/ports/ports.ts";
import { datasetPublishFailures, publishEachDataset } from "../../../lib/publish/publish-each-dataset.ts";

it("returns the outcome of each dataset if the head could not be signed", async () => {
  const failure = new Error("the store is damaged");
  const headFailure = new Error("a catalogue was dropped");
  const said: string[] = [];
  const publish = (): Promise<never> => Promise.reject(failure);
  const sayFailed = (name: string, { message }: Error): void => void said.push(`${name}: ${message}`);
  const results = await publishEachDataset(memoryStore(), ["a", "b"], {
    publish,
    logFailure: sayFailed,
    signHead: () => Promise.reject(headFailure),
  });
  const failures = new Map([
    ["a", failure],
    ["b", failure],
  ]);
  expect(results).toEqual({ published: new Map(), failures, headFailure });
  expect(said).toEqual(["a: the store is damaged", "b: the store is damaged"]);
});

it("returns the outcome of each dataset even if all later steps fail, and tries each step", async () => {
  const failure = new Error("the store is damaged");
  const homeFailure = new Error("the store does not answer");
  const endsFailure = new Error("a catalogue is damaged");
  const headFailure = new Error("a catalogue was dropped");
  const after = { recordEnds: () => Promise.reject(endsFailure), signHead: () => Promise.reject(headFailure) };
  const store: Store = { ...memoryStore(), putIfMatch: () => Promise.reject(homeFailure) };
  const results = await publishEachDataset(store, ["a"], { publish: () => Promise.reject(failure), logFailure: () => {}, ...after });
  expect(results).toEqual({ published: new Map(), failures: new Map([["a", failure]]), endsFailure, homeFailure, headFailure });
  expect(datasetPublishFailures(results)).toEqual([failure, endsFailure, homeFailure, headFailure]);
});

it("publishes the named datasets even if ended ones cannot be determined, and then records no end", async () => {
  const endsFailure = new Error("a catalogue is damaged");
  const done: string[] = [];
  const publish = (name: string): Promise<never> => {
    done.push(name);
    return Promise.reject(new Error("the store is damaged"));
  };
  const { failures, ...results } = await publishEachDataset(memoryStore(), ["a"], {
    findEnded: () => Promise.reject(endsFailure),
    publish,
    logFailure: () => {},
    recordEnds: async () => void done.push("ends"),
    signHead: async () => void done.push("head"),
  });
  expect(results).toEqual({ published: new Map(), endsFailure });
  expect(done).toEqual(["a", "head"]);
});

it("reports no failure of the head if it was signed, or if there is no signer", async () => {
  const none = { published: new Map(), failures: new Map() };
  const steps = { publish: (): Promise<never> => Promise.reject(new Error("not called")), logFailure: () => {} };
  expect(await publishEachDataset(memoryStore(), [], { ...steps, signHead: () => Promise.resolve() })).toStrictEqual(none);
  expect(await publishEachDataset(memoryStore(), [], steps)).toStrictEqual(none);
});
