// Values on the tape, in forms that encoders need.

import { NULL, OBJECT, tapeEnd, tapeKind, tapeName, tapeNext, tapeStart } from "./tape";

/** The value of a property of an object, or -1. */
export function tapePropertyValue(object: u32, name: i32): i32 {
  const end = tapeNext(object);
  for (let entry = object + 1; entry < end; entry = tapeNext(entry)) if (tapeName(entry) == name) return <i32>entry;
  return -1;
}

/** The value of a list item: the item itself, or the value at a path of names; -1 if there is none. */
export function tapeItemValue(item: u32, path: usize, length: u32): i32 {
  let entry = <i32>item;
  for (let i: u32 = 0; i < length; i += 1) {
    entry = tapeKind(entry) == OBJECT ? tapePropertyValue(entry, load<i32>(path + (i << 2))) : -1;
    if (entry < 0) return -1;
  }
  return tapeKind(entry) == NULL ? -1 : entry;
}

/** An integer of at most 15 digits, with an optional sign. */
export function tapeIntegerValue(entry: u32): i64 {
  let at = tapeStart(entry);
  const end = tapeEnd(entry);
  const isNegative = load<u8>(at) == 0x2d;
  if (isNegative) at += 1;
  let value: i64 = 0;
  for (; at < end; at += 1) value = value * 10 + <i64>(<u32>load<u8>(at) - 0x30);
  return isNegative ? -value : value;
}

/** A number of at most 15 digits. Digits and power of ten are exact, so the quotient is the nearest double, as in JavaScript. */
export function tapeDoubleValue(entry: u32): f64 {
  let at = tapeStart(entry);
  const end = tapeEnd(entry);
  const isNegative = load<u8>(at) == 0x2d;
  if (isNegative) at += 1;
  let digits: f64 = 0;
  let power: f64 = 1;
  let isBehindPoint = false;
  for (; at < end; at += 1) {
    const c: u32 = load<u8>(at);
    if (c == 0x2e) {
      isBehindPoint = true;
      continue;
    }
    digits = digits * 10 + <f64>(c - 0x30);
    if (isBehindPoint) power *= 10;
  }
  const value = digits / power;
  return isNegative ? -value : value;
}
