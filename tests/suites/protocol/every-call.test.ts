// The same test as in `npm test`, for each call (vitest.config.ts).
import "../../protocol/every-call.test.ts";
