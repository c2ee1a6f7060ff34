// The same tests as in `npm test`, with the counts of this suite (vitest.config.ts).
import "../../differences.test.ts";
