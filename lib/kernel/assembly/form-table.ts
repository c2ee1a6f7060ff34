// The numbered forms of records so far. A form is what records with the same names, kinds of values and structure share.

import { proveSteps } from "./prove-steps";
import { copyTapeForm, hashTape, hasTapeForm, size } from "./tape";

const NO_FORM: i32 = -1;

/** For each slot, the number of its form plus one, the hash, the number of entries, and the address of the form. */
const SLOT_BYTES: usize = 16;

/** For each form, the address of its slots, and the address and number of the steps of its proof. */
const PLAN_BYTES: usize = 12;
const NO_PROOF: u32 = 0xffffffff;

let slots: usize = 0;
let plans: usize = 0;
let mask: u32 = 0;
let seed: u32 = 0;
let free: usize = 0;
let hash: u32 = 0;

/** Sets the memory: zeroed slots, whose number is a power of two and at least twice the maximum number of forms, and 12 bytes per form. */
export function openFormTable(address: usize, count: u32, plansAt: usize, factor: u32): void {
  slots = address;
  plans = plansAt;
  mask = count - 1;
  seed = factor;
}

/** The number of the form of the record on the tape. If it has none, remembers the free slot for it. */
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

export function formTableSlots(number: i32): usize {
  return load<u32>(plans + <usize>number * PLAN_BYTES);
}

/** Whether the record on the tape, which has this form, is proved valid. */
export function isProvedInFormTable(number: i32): bool {
  const plan = plans + <usize>number * PLAN_BYTES;
  const steps = load<u32>(plan, 8);
  return steps != NO_PROOF && proveSteps(load<u32>(plan, 4), steps);
}

/** Adds the form of the last record. `address` needs nine bytes per entry. `steps`: size of its proof, or 0xffffffff without one. */
export function addToFormTable(number: i32, address: usize, slots: usize, proof: usize, steps: u32): void {
  const plan = plans + <usize>number * PLAN_BYTES;
  store<u32>(plan, <u32>slots);
  store<u32>(plan, <u32>proof, 4);
  store<u32>(plan, steps, 8);
  copyTapeForm(address);
  store<u32>(free, <u32>number + 1);
  store<u32>(free, hash, 4);
  store<u32>(free, size, 8);
  store<u32>(free, <u32>address, 12);
}
