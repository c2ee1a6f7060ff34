import type { EngineSetup, LoadedEncoders } from "../../engine/engine.ts";
import { ENCODERS } from "../../formats/encoders.ts";
import type { CreateEncoder, EncoderRef } from "../../formats/format.ts";

async function moduleOf({ name, module }: EncoderRef): Promise<{ createEncoder: CreateEncoder }> {
  if (module !== undefined) return (await import(module)) as { createEncoder: CreateEncoder };
  const load = ENCODERS[name];
  if (!load) throw new Error(`No encoder is called ${name}`);
  return load();
}

/** Loads the encoders of an engine into this thread. */
export async function loadEncoders({ plan, encoders }: EngineSetup): Promise<LoadedEncoders> {
  const loaded = encoders.map(async (ref) => [ref.name, (await moduleOf(ref)).createEncoder(plan)] as const);
  return new Map(await Promise.all(loaded));
}
