import type { Store } from "../lib/ports/ports.ts";
import { openBucket } from "./open-bucket.ts";
import { setting } from "./setting.ts";

export const openStore = (): Store => openBucket(setting("BUCKET"));
