import type { EncoderRef, Format } from "../formats/format.ts";

/** The distinct encoders of formats. */
export function formatEncoders(formats: readonly Format[]): EncoderRef[] {
  const encoders = new Map<string, EncoderRef>();
  for (const format of formats) {
    if (format.scope === "archive") continue;
    const { name, module } = format.encoder;
    const other = encoders.get(name);
    if (other && other.module !== module) throw new Error(`Two encoders are called ${name}`);
    encoders.set(name, format.encoder);
  }
  return [...encoders.values()];
}
