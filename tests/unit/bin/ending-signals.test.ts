import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { ENDING_SIGNALS, onEndingSignal } from "../../../bin/ending-signals.ts";

describe("signals that end a command", () => {
  it.each([
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends with code %i, once", (signal, code) => {
    const source = new EventEmitter();
    const codes: number[] = [];
    onEndingSignal((exitCode) => codes.push(exitCode), source);
    expect(source.eventNames().sort()).toEqual(["SIGHUP", "SIGINT", "SIGTERM"]);
    source.emit(signal);
    expect(codes).toEqual([code]);
    // The system handles the second signal and ends the process.
    expect(source.listenerCount(signal)).toBe(0);
    expect(ENDING_SIGNALS[signal]).toBe(code);
  });
});
