// Growing byte buffers.

import { copyBytes } from "./bytes";

/** Space that is always left, because copies write more than they copy. */
const SLACK: u32 = 16;

/** Layout as in lib/kernel/kernel-sink.ts. */
@unmanaged
export class Sink {
  address: usize;
  length: u32;
  capacity: u32;
}

/** Makes space for more bytes. */
// @ts-ignore: decorator
@external("host", "grow")
declare function grow(sink: Sink, bytes: u32): void;

/** The address for the next bytes, with space for `bytes` of them. */
// @ts-ignore: decorator
@inline
export function sinkEndWithRoom(sink: Sink, bytes: u32): usize {
  if (sink.length + bytes + SLACK > sink.capacity) grow(sink, bytes + SLACK);
  return sink.address + sink.length;
}

// @ts-ignore: decorator
@inline
export function appendSinkByte(sink: Sink, byte: u32): void {
  store<u8>(sinkEndWithRoom(sink, 1), byte);
  sink.length += 1;
}

// @ts-ignore: decorator
@inline
export function appendSinkWord(sink: Sink, word: u32): void {
  store<u32>(sinkEndWithRoom(sink, 4), word);
  sink.length += 4;
}

// @ts-ignore: decorator
@inline
export function appendSinkLong(sink: Sink, bits: u64): void {
  store<u64>(sinkEndWithRoom(sink, 8), bits);
  sink.length += 8;
}

// @ts-ignore: decorator
@inline
export function appendSinkBytes(sink: Sink, from: usize, length: u32): void {
  copyBytes(sinkEndWithRoom(sink, length), from, length);
  sink.length += length;
}
