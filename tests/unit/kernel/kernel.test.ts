import { describe, expect, it } from "vitest";
import { KnownForms } from "../../../lib/engine/fast/known-forms.ts";
import { PropertyNames } from "../../../lib/engine/fast/property-names.ts";
import { RecordReader } from "../../../lib/engine/fast/record-reader.ts";
import { RecordTape } from "../../../lib/engine/fast/record-tape.ts";
import { Kernel } from "../../../lib/kernel/kernel.ts";
import { KernelSink } from "../../../lib/kernel/kernel-sink.ts";

const filled = (length: number, byte: number): Buffer => Buffer.alloc(length, byte);

describe("the memory of the kernel", () => {
  it("has space for everything that is reserved, without overlaps", () => {
    const kernel = new Kernel();
    const sizes = [1, 15, 16, 17, 1000, 70_000, 3, 1_000_000, 0, 5];
    const addresses = sizes.map((size, i) => kernel.put(filled(size, i)));
    for (const [i, address] of addresses.entries()) {
      expect(address % 16).toBe(0);
      expect(kernel.take(address, address + (sizes[i] as number)).equals(filled(sizes[i] as number, i))).toBe(true);
    }
  });

  it("grows rarely, and to at most twice the reserved size", () => {
    const kernel = new Kernel();
    const before = kernel.bytes.length;
    let moves = 0;
    kernel.whenMoved(() => {
      moves += 1;
    });
    const size = 4096;
    let end = 0;
    let room = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 4096; i += 1) {
      end = kernel.reserve(size) + size;
      room = Math.min(room, kernel.bytes.length - end);
    }
    // A copy may write 16 bytes more.
    expect(room).toBeGreaterThanOrEqual(16);
    expect(kernel.bytes.length).toBeLessThan(before + 2 * end);
    expect(moves).toBeGreaterThan(0);
    expect(moves).toBeLessThan(40);
  });

  it("is reused after it was cleared, or after a call", () => {
    const kernel = new Kernel();
    const first = kernel.reserve(100);
    const inner = kernel.within(() => kernel.reserve(1000));
    expect(kernel.reserve(10)).toBe(inner);
    kernel.clear();
    expect(kernel.reserve(10)).toBe(first);
    expect(() =>
      kernel.within(() => {
        kernel.reserve(1000);
        throw new Error("failed");
      }),
    ).toThrow("failed");
    expect(kernel.reserve(10)).toBeLessThan(inner);
  });

  it("is zeroed on request, even if it was used before", () => {
    const kernel = new Kernel();
    const address = kernel.put(filled(100, 0xff));
    kernel.clear();
    expect(kernel.reserveZero(200)).toBe(address);
    expect(kernel.take(address, address + 200)).toEqual(filled(200, 0));
  });
});

describe("a sink", () => {
  it("keeps appended bytes while it grows, until it is cleared", () => {
    const kernel = new Kernel();
    const [sink, ...others] = [0, 1, 2].map(() => new KernelSink(kernel)) as [KernelSink, KernelSink, KernelSink];
    const parts = [1, 4095, 1, 5000, 0, 100_000].map((size, i) => filled(size, i + 1));
    for (const part of parts) {
      sink.append(part);
      for (const [i, other] of others.entries()) other.append(filled(3000, 0xf0 + i));
    }
    expect(sink.length).toBe(109_097);
    expect(Buffer.concat(parts).equals(sink.view())).toBe(true);
    for (const [i, other] of others.entries()) expect(filled(18_000, 0xf0 + i).equals(other.view())).toBe(true);
    sink.clear();
    expect(sink.view()).toHaveLength(0);
    sink.append(new Uint32Array([7, 2 ** 32 - 1]));
    expect([...sink.words()]).toEqual([7, 2 ** 32 - 1]);
  });
});

describe("answers for values", () => {
  /** A tape, and a function that puts a value on it and returns its entry. */
  function asking(kernel: Kernel) {
    const [tape, names] = [new RecordTape(kernel), new PropertyNames(kernel)];
    new KnownForms(kernel);
    const reader = new RecordReader(kernel, { tape, names, layout: 2 });
    const read = (value: string): number => {
      reader.read(reader.open(Buffer.from(JSON.stringify({ value }))));
      // Entry 0 is the record.
      return 1;
    };
    return { tape, read };
  }

  it("are those of their asker, including none and empty ones, and each is asked for once", () => {
    const kernel = new Kernel();
    const { tape, read } = asking(kernel);
    const asked: string[] = [];
    const textOf = (entry: number): string => kernel.bytes.toString("utf8", tape.starts[entry], tape.ends[entry]);
    const first = kernel.addAsker((entry) => {
      asked.push(textOf(entry));
      return textOf(entry) === "none" ? undefined : Buffer.from(textOf(entry).slice(1));
    });
    const second = kernel.addAsker((entry) => Buffer.from(textOf(entry).repeat(3)));
    const answersOf = (value: string): (string | undefined)[] => {
      const entry = read(value);
      return [first, second].map((asker) => kernel.cachedAnswer(asker, entry)?.toString());
    };
    for (let i = 0; i < 2; i += 1) {
      expect(answersOf("abc")).toEqual(["bc", "abcabcabc"]);
      expect(answersOf("a")).toEqual(["", "aaa"]);
      expect(answersOf("none")).toEqual([undefined, "nonenonenone"]);
    }
    expect(asked).toEqual(["abc", "a", "none"]);
  });

  // The last two fill the cache for small batches, and that for large ones.
  it.each([1, 4, 1019, 1020, 1021, 1024, 1028, 5000, 2 ** 17 - 56, 2 ** 21 - 56])(
    "of %i bytes do not overwrite adjacent memory",
    (size) => {
      const kernel = new Kernel();
      const marks = [kernel.put(filled(64, 0xff))];
      const { read } = asking(kernel);
      let answer = filled(5, 1);
      const asker = kernel.addAsker(() => answer);
      kernel.growAnswers(size);
      marks.push(kernel.put(filled(64, 0xff)));
      expect(answer.equals(kernel.cachedAnswer(asker, read("first")) as Uint8Array)).toBe(true);
      marks.push(kernel.put(filled(64, 0xff)));
      answer = filled(size, 2);
      expect(answer.equals(kernel.cachedAnswer(asker, read("second")) as Uint8Array)).toBe(true);
      for (const mark of marks) expect(kernel.take(mark, mark + 64)).toEqual(filled(64, 0xff));
    },
  );

  it("are cached for more values in a large batch, and after some were dropped", () => {
    const kernel = new Kernel();
    const { read } = asking(kernel);
    let asked = 0;
    const asker = kernel.addAsker(() => {
      asked += 1;
      return Buffer.from("an answer");
    });
    /** How many of a number of values are asked for again. */
    const askedAgain = (values: number): number => {
      for (const _ of [1, 2]) {
        asked = 0;
        for (let i = 0; i < values; i += 1) kernel.cachedAnswer(asker, read(`value ${i}`));
      }
      return asked;
    };
    expect(askedAgain(1_000)).toBe(0);
    kernel.growAnswers(1 << 20);
    expect(askedAgain(16_000)).toBe(0);
    expect(askedAgain(30_000)).toBeGreaterThan(0);
    kernel.growAnswers(1);
    expect(askedAgain(30_000)).toBe(0);
  });
});
