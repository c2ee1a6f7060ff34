/** 10,000 attacks and 200 publishes: the same tests as in `npm test`, at full counts (vitest.config.ts). */
import "../../unit/verify/attacks.test.ts";
import "../../unit/verify/through-caches.test.ts";
