import { onTestFinished, vi } from "vitest";

/** What Preact needs of an element, and no more: enough to see what a part of a page does when a reader acts. */
export class TinyNode {
  parentNode: TinyNode | null = null;
  readonly childNodes: TinyNode[] = [];
  readonly #listeners = new Map<string, (event: object) => void>();
  readonly localName: string;
  /** Of a text. */
  data: string;

  constructor(localName: string, data = "") {
    this.localName = localName;
    this.data = data;
  }

  get nodeType(): number {
    return this.localName === "" ? 3 : 1;
  }
  get firstChild(): TinyNode | null {
    return this.childNodes[0] ?? null;
  }
  get nextSibling(): TinyNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }
  get textContent(): string {
    return this.data + this.childNodes.map(({ textContent }) => textContent).join("");
  }

  insertBefore(node: TinyNode, next: TinyNode | null): void {
    node.parentNode?.removeChild(node);
    this.childNodes.splice(next ? this.childNodes.indexOf(next) : this.childNodes.length, 0, node);
    node.parentNode = this;
  }
  removeChild(node: TinyNode): void {
    this.childNodes.splice(this.childNodes.indexOf(node), 1);
    node.parentNode = null;
  }
  setAttribute(): void {}
  removeAttribute(): void {}
  addEventListener(type: string, listener: (event: object) => void): void {
    this.#listeners.set(type, listener);
  }

  /** All elements of a name below this one. */
  all(localName: string): TinyNode[] {
    return this.childNodes.flatMap((child) => [...(child.localName === localName ? [child] : []), ...child.all(localName)]);
  }
  /** Without the properties of a browser's elements, Preact listens for `Click`, as `onClick` has it. */
  click(): void {
    this.#listeners.get("Click")?.call(this, { type: "Click" });
  }
}

/** A document in memory for the duration of a test. */
export function tinyDocument(): TinyNode {
  vi.stubGlobal("document", {
    createElementNS: (_namespace: string, name: string) => new TinyNode(name),
    createTextNode: (data: string) => new TinyNode("", data),
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return new TinyNode("main");
}
