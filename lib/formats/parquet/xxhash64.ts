/**
 * XXH64 with seed 0 (xxHash specification 0.1.1), in halves of 32 bits: a million keys are hashed for each file, and BigInt takes ten
 * times as long.
 */
type Word = readonly [high: number, low: number];

const P1: Word = [0x9e3779b1, 0x85ebca87];
const P2: Word = [0xc2b2ae3d, 0x27d4eb4f];
const P3: Word = [0x165667b1, 0x9e3779f9];
const P4: Word = [0x85ebca77, 0xc2b2ae63];
const P5: Word = [0x27d4eb2f, 0x165667c5];

/** The upper 32 bits of the product of two numbers of 32 bits. */
function high32(a: number, b: number): number {
  const [a1, a0, b1, b0] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return (a1 * b1 + Math.floor(middle / 65536) + Math.floor(other / 65536)) | 0;
}

/** A register of 64 bits. */
class Register {
  high: number;
  low: number;
  constructor([high, low]: Word) {
    this.high = high | 0;
    this.low = low | 0;
  }
  add(high: number, low: number): void {
    const sum = (this.low >>> 0) + (low >>> 0);
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) | 0;
    this.low = sum | 0;
  }
  multiply([high, low]: Word): void {
    this.high = (high32(this.low, low) + Math.imul(this.high, low) + Math.imul(this.low, high)) | 0;
    this.low = Math.imul(this.low, low);
  }
  /** To the left; 0 < bits < 32. */
  rotate(bits: number): void {
    const { high, low } = this;
    this.high = (high << bits) | (low >>> (32 - bits));
    this.low = (low << bits) | (high >>> (32 - bits));
  }
  xor(high: number, low: number): void {
    this.high ^= high;
    this.low ^= low;
  }
  /** Itself exclusive-or itself shifted to the right. */
  mix(bits: number): void {
    if (bits >= 32) this.xor(0, this.high >>> (bits - 32));
    else this.xor(this.high >>> bits, (this.low >>> bits) | (this.high << (32 - bits)));
  }
  round(high: number, low: number): void {
    lane.high = high;
    lane.low = low;
    lane.multiply(P2);
    this.add(lane.high, lane.low);
    this.rotate(31);
    this.multiply(P1);
  }
}

const lane = new Register([0, 0]);
const spare = new Register([0, 0]);

/** Step 1 to 3: stripes of 32 bytes. */
function hashStripes(view: DataView, from: number, to: number): { hash: Register; at: number } {
  const lanes = [new Register(P1), new Register(P2), new Register([0, 0]), new Register([0, 0])];
  lanes[0]?.add(...P2);
  lanes[3]?.add(~P1[0], -P1[1]);
  let at = from;
  for (; at + 32 <= to; at += 32)
    for (const [i, one] of lanes.entries()) one.round(view.getInt32(at + 8 * i + 4, true), view.getInt32(at + 8 * i, true));
  const hash = new Register([0, 0]);
  for (const [i, bits] of [1, 7, 12, 18].entries()) {
    const { high, low } = lanes[i] as Register;
    spare.high = high;
    spare.low = low;
    spare.rotate(bits);
    hash.add(spare.high, spare.low);
  }
  for (const { high, low } of lanes) {
    spare.high = 0;
    spare.low = 0;
    spare.round(high, low);
    hash.xor(spare.high, spare.low);
    hash.multiply(P1);
    hash.add(...P4);
  }
  return { hash, at };
}

const short = new Register([0, 0]);

/** The hash of the bytes from `from` up to `to`: its two halves, as signed numbers. */
export function xxhash64(view: DataView, from: number, to: number): { high: number; low: number } {
  let hash = short;
  let at = from;
  if (to - from >= 32) ({ hash, at } = hashStripes(view, from, to));
  else [hash.high, hash.low] = P5;
  hash.add(0, to - from);
  for (; at + 8 <= to; at += 8) {
    spare.high = 0;
    spare.low = 0;
    spare.round(view.getInt32(at + 4, true), view.getInt32(at, true));
    hash.xor(spare.high, spare.low);
    hash.rotate(27);
    hash.multiply(P1);
    hash.add(...P4);
  }
  if (at + 4 <= to) {
    spare.high = 0;
    spare.low = view.getInt32(at, true);
    spare.multiply(P1);
    hash.xor(spare.high, spare.low);
    hash.rotate(23);
    hash.multiply(P2);
    hash.add(...P3);
    at += 4;
  }
  for (; at < to; at += 1) {
    spare.high = 0;
    spare.low = view.getUint8(at);
    spare.multiply(P5);
    hash.xor(spare.high, spare.low);
    hash.rotate(11);
    hash.multiply(P1);
  }
  hash.mix(33);
  hash.multiply(P2);
  hash.mix(29);
  hash.multiply(P3);
  hash.mix(32);
  return { high: hash.high, low: hash.low };
}
