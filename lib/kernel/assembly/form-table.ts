// The forms of records so far, by their numbers: what is the same in all records with the same names, kinds of values and structure.

import { proveSteps } from "./prove-steps";
import { copyTapeForm, hashTape, hasTapeForm, size } from "./tape";

const NO_FORM: i32 = -1;

/** For each slot the number of its form, plus one, the hash, the number of entries, and where the form is. */
const SLOT_BYTES: usize = 16;

/** For each form where its places are, and the steps of its proof: their address and number. */
const PLAN_BYTES: usize = 12;
const NO_PROOF: u32 = 0xffffffff;

let slots: usize = 0;
let plans: usize = 0;
let mask: u32 = 0;
let seed: u32 = 0;
let free: usize = 0;
let hash: u32 = 0;

/** Takes slots that are 0, a power of two and at least twice as many as there will be forms, and twelve bytes for each form. */
export function openFormTable(address: usize, count: u32, plansAt: usize, factor: u32): void {
  slots = address;
  plans = plansAt;
  mask = count - 1;
  seed = factor;
}

/** The number of the form of the record on the tape; remembers where it belongs if there is none. */
export function findInFormTable(): i32 {
  hash = hashTape(seed);
  let slot = hash & mask;
  while (true) {
    const address = slots + <usize>slot * SLOT_BYTES;
    const found = load<u32>(address);
    if (found == 0) {
      free = address;
      return NO_FORM;
    }
    if (load<u32>(address, 4) == hash && load<u32>(address, 8) == size && hasTapeForm(load<u32>(address, 12))) return <i32>found - 1;
    slot = (slot + 1) & mask;
  }
}

export function formTablePlaces(number: i32): usize {
  return load<u32>(plans + <usize>number * PLAN_BYTES);
}

/** Whether the record on the tape, which has this form, is proved to be valid. */
export function isProvedInFormTable(number: i32): bool {
  const plan = plans + <usize>number * PLAN_BYTES;
  const steps = load<u32>(plan, 8);
  return steps != NO_PROOF && proveSteps(load<u32>(plan, 4), steps);
}

/**
 * Gives the form of the record that was just read a number; `address` has room for nine bytes an entry. `steps` is the number of steps
 * of its proof, or 0xffffffff if it has none.
 */
export function addToFormTable(number: i32, address: usize, places: usize, proof: usize, steps: u32): void {
  const plan = plans + <usize>number * PLAN_BYTES;
  store<u32>(plan, <u32>places);
  store<u32>(plan, <u32>proof, 4);
  store<u32>(plan, steps, 8);
  copyTapeForm(address);
  store<u32>(free, <u32>number + 1);
  store<u32>(free, hash, 4);
  store<u32>(free, size, 8);
  store<u32>(free, <u32>address, 12);
}
