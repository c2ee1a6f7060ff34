import { expect, it, onTestFinished, vi } from "vitest";

it("scrolls to the source that an old address names, and starts without one", async () => {
  const scrolled: string[] = [];
  const shown = new Map([["_source-3", { scrollIntoView: () => scrolled.push("_source-3") }]]);
  const listeners = new Map<string, () => void>();
  const dataset: Record<string, string> = {};
  const location = { hash: "" };
  vi.stubGlobal("location", location);
  vi.stubGlobal("window", { addEventListener: (name: string, listener: () => void) => listeners.set(name, listener) });
  vi.stubGlobal("document", {
    getElementById: (id: string) => shown.get(id) ?? null,
    querySelector: () => null,
    querySelectorAll: () => [],
    addEventListener: () => {},
    styleSheets: [],
    documentElement: { dataset },
  });
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  // The script of a page starts when it is loaded.
  await import("../../../lib/browser/page.ts");
  vi.runAllTimers();
  expect(dataset).toEqual({ live: "" });
  for (const hash of ["#source-3", "#_source-3", "#source-4", "#explorer"]) {
    location.hash = hash;
    listeners.get("hashchange")?.();
  }
  expect(scrolled).toEqual(["_source-3"]);
});
