import { PAGE_BYTES, type PageSink } from "./page-sink.ts";

/** Kinds of B-tree pages, as their first byte. */
export const KIND = { indexInterior: 2, tableInterior: 5, indexLeaf: 10, tableLeaf: 13 } as const;
export type PageKind = (typeof KIND)[keyof typeof KIND];

export const LEAF_HEADER = 8;
const INTERIOR_HEADER = 12;
const POINTER = 2;
const CHILD = 4;

/** Writes the header of a B-tree page without free blocks or fragments. */
export function writePageHeader(bytes: Buffer, kind: PageKind, cells: number, contentStart: number): void {
  bytes[0] = kind;
  bytes.writeUInt16BE(0, 1);
  bytes.writeUInt16BE(cells, 3);
  bytes.writeUInt16BE(contentStart, 5);
  bytes[7] = 0;
}

/** The number of cells that fit into a page. */
function fittingCells(cells: readonly Uint8Array[]): number {
  let room = PAGE_BYTES - INTERIOR_HEADER;
  for (const [i, cell] of cells.entries()) {
    room -= cell.length + CHILD + POINTER;
    if (room < 0) return i;
  }
  return cells.length;
}

/** A page with a child before each cell, and one after the last. */
function interiorPage(kind: PageKind, cells: readonly Uint8Array[], children: readonly number[]): Buffer {
  const page = Buffer.alloc(PAGE_BYTES);
  let at = PAGE_BYTES;
  for (const [i, cell] of cells.entries()) {
    at -= cell.length + CHILD;
    page.writeUInt32BE(children[i] as number, at);
    page.set(cell, at + CHILD);
    page.writeUInt16BE(at, INTERIOR_HEADER + POINTER * i);
  }
  writePageHeader(page, kind, cells.length, at);
  page.writeUInt32BE(children[cells.length] as number, 8);
  return page;
}

/**
 * One level of a B-tree above its leaves, written from left to right, alternating children and dividers. A page is written only when the
 * next page is certain to have a cell, because SQLite refuses pages without cells.
 */
export class InteriorLevel {
  readonly #sink: PageSink;
  readonly #kind: PageKind;
  #children: number[] = [];
  #cells: Uint8Array[] = [];
  #bytes = 0;
  #parent: InteriorLevel | undefined;

  constructor(sink: PageSink, kind: PageKind) {
    this.#sink = sink;
    this.#kind = kind;
  }

  addChild(page: number): void {
    this.#children.push(page);
  }

  /** Adds the divider between the previous child and the next. */
  addDivider(cell: Uint8Array): void {
    this.#cells.push(cell);
    this.#bytes += cell.length + CHILD + POINTER;
    if (this.#bytes <= PAGE_BYTES - INTERIOR_HEADER) return;
    const fit = fittingCells(this.#cells);
    if (this.#cells.length >= fit + 2) this.#write(fit);
  }

  /** Writes a page with `count` cells. The next cell moves up to the parent. */
  #write(count: number): void {
    this.#parent ??= new InteriorLevel(this.#sink, this.#kind);
    this.#parent.addChild(this.#sink.add(interiorPage(this.#kind, this.#cells.slice(0, count), this.#children.slice(0, count + 1))));
    const divider = this.#cells[count] as Uint8Array;
    this.#cells = this.#cells.slice(count + 1);
    this.#children = this.#children.slice(count + 1);
    this.#bytes = this.#cells.reduce((sum, cell) => sum + cell.length + CHILD + POINTER, 0);
    this.#parent.addDivider(divider);
  }

  /** Writes the remaining pages of this level and those above; returns the number of the root. */
  end(): number {
    const fit = fittingCells(this.#cells);
    if (fit < this.#cells.length) this.#write(this.#cells.length - 2);
    const last = this.#sink.add(interiorPage(this.#kind, this.#cells, this.#children));
    if (!this.#parent) return last;
    this.#parent.addChild(last);
    return this.#parent.end();
  }
}
