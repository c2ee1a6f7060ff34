import type { EngineSetup, LoadedEncoders } from "../../engine/engine.ts";
import { ENCODERS } from "../../formats/encoders.ts";
import type { CreateEncoder, EncoderRef } from "../../formats/format.ts";

async function load({ name, module }: EncoderRef): Promise<CreateEncoder> {
  if (module !== undefined) return ((await import(module)) as { createEncoder: CreateEncoder }).createEncoder;
  const known = ENCODERS.get(name);
  if (!known) throw new Error(`No encoder is called ${name}`);
  return (await known.load()).createEncoder;
}

/** Imports the encoders of an engine in this thread. */
export async function loadEncoders({ plan, encoders }: EngineSetup): Promise<LoadedEncoders> {
  return new Map(await Promise.all(encoders.map(async (ref) => [ref.name, (await load(ref))(plan)] as const)));
}
