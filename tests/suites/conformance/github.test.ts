// The same tests as in `npm test`, with every request held against GitHub's description of its API (vitest.config.ts).
import "../../github-adapters.test.ts";
