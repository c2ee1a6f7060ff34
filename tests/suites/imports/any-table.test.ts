// The same test as in `npm test`, with the count of this suite (vitest.config.ts).
import "../../imports/any-table.test.ts";
