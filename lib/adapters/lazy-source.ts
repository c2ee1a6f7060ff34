import type { Source } from "../ports/ports.ts";

/** A source that is opened when it is first used. */
export function lazySource(open: () => Promise<Source>): Source {
  let opened: Promise<Source> | undefined;
  const source = (): Promise<Source> => {
    opened ??= open();
    return opened;
  };
  return {
    list: async () => (await source()).list(),
    async *read(path, options) {
      yield* (await source()).read(path, options);
    },
  };
}
