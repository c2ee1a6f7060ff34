import type { EncoderRef, Format, FormatEncoder } from "../formats/format.ts";

const refOf = (encoder: FormatEncoder): EncoderRef =>
  "module" in encoder ? { name: encoder.name, module: encoder.module } : { name: encoder.name };

const isSame = (a: FormatEncoder, b: FormatEncoder): boolean => ("module" in a && "module" in b ? a.module === b.module : a === b);

/** The distinct encoders of formats, as data for threads. */
export function formatEncoders(formats: readonly Format[]): EncoderRef[] {
  const encoders = new Map<string, FormatEncoder>();
  for (const format of formats) {
    if (format.scope === "archive") continue;
    const { encoder } = format;
    if (!isSame(encoders.get(encoder.name) ?? encoder, encoder)) throw new Error(`Two encoders are called ${encoder.name}`);
    encoders.set(encoder.name, encoder);
  }
  return [...encoders.values()].map(refOf);
}
