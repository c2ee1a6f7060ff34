import { type ResourceLimits, resourceLimits } from "node:worker_threads";

/**
 * Limits of a thread that works on bytes and makes few objects. V8 frees the memory of a batch, which is outside of its heap, when the part for
 * young objects is full: a small part makes that early.
 */
export const FEW_OBJECTS: ResourceLimits = { ...resourceLimits, maxYoungGenerationSizeMb: 6 };
