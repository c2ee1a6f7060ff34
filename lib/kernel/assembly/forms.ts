// The forms of records so far, by their numbers: what is the same in all records with the same names, kinds of values and structure.

import { copyForm, hashTape, hasForm, size } from "./tape";

const NO_FORM: i32 = -1;

/** For each slot the number of its form, plus one, the hash, the number of entries, and where the form is. */
const SLOT_BYTES: usize = 16;

let slots: usize = 0;
let mask: u32 = 0;
let seed: u32 = 0;
let free: usize = 0;
let hash: u32 = 0;

/** Takes slots that are 0: a power of two, at least twice as many as there will be forms. */
export function openForms(address: usize, count: u32, factor: u32): void {
  slots = address;
  mask = count - 1;
  seed = factor;
}

/** The number of the form of the record on the tape; remembers where it belongs if there is none. */
export function findForm(): i32 {
  hash = hashTape(seed);
  let slot = hash & mask;
  while (true) {
    const address = slots + <usize>slot * SLOT_BYTES;
    const found = load<u32>(address);
    if (found == 0) {
      free = address;
      return NO_FORM;
    }
    if (load<u32>(address, 4) == hash && load<u32>(address, 8) == size && hasForm(load<u32>(address, 12))) return <i32>found - 1;
    slot = (slot + 1) & mask;
  }
}

/** Gives the form of the record that was just read a number; `address` has room for nine bytes an entry. */
export function addForm(number: i32, address: usize): void {
  copyForm(address);
  store<u32>(free, <u32>number + 1);
  store<u32>(free, hash, 4);
  store<u32>(free, size, 8);
  store<u32>(free, <u32>address, 12);
}
