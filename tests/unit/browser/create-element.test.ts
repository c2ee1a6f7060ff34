import { isValidElement } from "preact";
import { describe, expect, it } from "vitest";
import { createElement } from "../../../lib/browser/create-element.ts";

/** The children that Preact gets. */
function childrenOf(...children: Parameters<typeof createElement>[2][]): unknown {
  const element = createElement("p", null, ...children);
  return isValidElement(element) ? element.props.children : undefined;
}

describe("createElement", () => {
  it.each([null, undefined, false, true])("makes one text of those beside %s, which prints nothing", (nothing) => {
    expect(childrenOf("a", nothing, "b", 1)).toEqual(["ab1", nothing]);
  });

  it("leaves texts apart that have an element between them", () => {
    const line = createElement("br", null);
    expect(childrenOf("a", line, "b")).toEqual(["a", line, "b"]);
    expect(childrenOf("", "a", "")).toBe("a");
  });
});
