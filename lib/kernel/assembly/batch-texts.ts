// The canonical texts of the records of a batch, which stay in memory until the next batch.

import { copyBytes } from "./bytes";
import { appendSinkWord, Sink } from "./sink";

const COMMA_AND_BREAK: u32 = 0x0a2c;

/** Start and end of each text. */
let bounds: usize = 0;
/** Whether the texts are contiguous, separated by `,` and a line break. */
let areTogether: bool = true;

/** Sets the sink for the bounds of the texts. */
export function openBatchTexts(sink: usize): void {
  bounds = sink;
}

export function clearBatchTexts(): void {
  changetype<Sink>(bounds).length = 0;
  areTogether = true;
}

export function addBatchText(start: usize, end: usize): void {
  const sink = changetype<Sink>(bounds);
  if (areTogether && sink.length > 0) {
    const before: usize = load<u32>(sink.address + sink.length - 4);
    areTogether = start == before + 2 && load<u16>(before) == COMMA_AND_BREAK;
  }
  appendSinkWord(sink, <u32>start);
  appendSinkWord(sink, <u32>end);
}

/** Whether all texts can be copied at once, because they are contiguous and separated by `,` and a line break. */
export function areBatchTextsTogether(): bool {
  return areTogether;
}

/** Total size of the texts. */
export function batchTextsLength(): u32 {
  const sink = changetype<Sink>(bounds);
  let bytes: u32 = 0;
  for (let at = sink.address; at < sink.address + sink.length; at += 8) bytes += load<u32>(at, 4) - load<u32>(at);
  return bytes;
}

/** Writes the texts, each followed by a separator of one or two bytes; returns the end. */
export function joinBatchTexts(out: usize, separator: u32, separatorBytes: u32): usize {
  const sink = changetype<Sink>(bounds);
  for (let at = sink.address; at < sink.address + sink.length; at += 8) {
    const start: usize = load<u32>(at);
    const length = <usize>load<u32>(at, 4) - start;
    copyBytes(out, start, length);
    store<u16>(out + length, separator);
    out += length + separatorBytes;
  }
  return out;
}
