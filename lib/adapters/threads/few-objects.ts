import { type ResourceLimits, resourceLimits } from "node:worker_threads";

/**
 * Limits for a thread that processes bytes and allocates few objects. V8 frees a batch, which is outside its heap, when it collects the
 * young generation: a small one is collected early.
 */
export const FEW_OBJECTS: ResourceLimits = { ...resourceLimits, maxYoungGenerationSizeMb: 6 };
