import { CombinedCheck, type ListCheck, type ObjectCheck, RecordCheck } from "./record-check.ts";
import type { RecordTape } from "./record-tape.ts";
import { NUMBER, ValueKind } from "./value-kind.ts";

/** A check that depends on more than the names and kinds of values, and the entry of the value. */
export interface Remaining {
  check: RecordCheck;
  entry: number;
}

/** Maximum nesting of schemas. Deeper ones are checked as a whole. */
const MAX_DEPTH = 50;

/** The checks, together equivalent to `check`, that remain for records with the names and kinds of values of the one on the tape. */
export function remainingChecks(check: RecordCheck, tape: RecordTape): Remaining[] {
  const finder = new RemainingFinder(tape);
  finder.visit(check, 0, 0);
  return finder.remaining;
}

class RemainingFinder {
  readonly remaining: Remaining[] = [];
  readonly #tape: RecordTape;

  constructor(tape: RecordTape) {
    this.#tape = tape;
  }

  visit(check: RecordCheck, entry: number, depth: number): void {
    if (check.isPartial || depth > MAX_DEPTH || !this.#allows(check, entry)) {
      this.#leave(check, entry);
      return;
    }
    this.#visitValue(check, entry, depth);
    if (check.combined) this.#visitCombined(check.combined, entry, depth + 1);
  }

  #leave(check: RecordCheck, entry: number): void {
    this.remaining.push({ check, entry });
  }

  /** Leaves a check without its combinators. */
  #leaveOwn(check: RecordCheck, entry: number): void {
    this.#leave(check.combined ? Object.assign(new RecordCheck(), check, { combined: undefined }) : check, entry);
  }

  #leaveCombined(part: Partial<CombinedCheck>, entry: number): void {
    this.#leave(Object.assign(new RecordCheck(), { combined: Object.assign(new CombinedCheck(), part) }), entry);
  }

  #allows({ kinds }: RecordCheck, entry: number): boolean {
    return (kinds & (this.#tape.kinds[entry] as number)) !== 0;
  }

  #visitValue(check: RecordCheck, entry: number, depth: number): void {
    const kind = this.#tape.kinds[entry] as number;
    if (kind === ValueKind.object) {
      if (check.object && !this.#isObjectVisited(check.object, entry, depth)) this.#leaveOwn(check, entry);
    } else if (kind === ValueKind.list) {
      if (check.list && !this.#isListVisited(check.list, entry, depth)) this.#leaveOwn(check, entry);
    } else if (kind === ValueKind.string ? check.allowed || check.text : (kind & NUMBER) !== 0 && (check.allowed || check.number))
      this.#leaveOwn(check, entry);
  }

  /** Visits the properties of an object; false if the object itself has checks that depend on more than names. */
  #isObjectVisited(check: ObjectCheck, object: number, depth: number): boolean {
    const { nexts, names } = this.#tape;
    const end = nexts[object] as number;
    const properties = [];
    for (let entry = object + 1; entry < end; entry = nexts[entry] as number)
      properties.push({ entry, property: check.property(names[entry] as number) });
    const required = properties.filter(({ property }) => property.isRequired).length;
    const count = properties.length;
    const isCounted = required >= check.requiredCount && count >= check.minProperties && count <= check.maxProperties;
    if (!isCounted || check.dependent.length > 0) return false;
    for (const { entry, property } of properties)
      for (const inner of property.check ? [property.check, ...property.others] : []) this.visit(inner, entry, depth + 1);
    return true;
  }

  #isListVisited(check: ListCheck, list: number, depth: number): boolean {
    const { nexts } = this.#tape;
    const items: number[] = [];
    for (let entry = list + 1; entry < (nexts[list] as number); entry = nexts[entry] as number) items.push(entry);
    if (items.length < check.minItems || items.length > check.maxItems) return false;
    if (check.contains || (check.unique && items.length > 1)) return false;
    for (const [i, entry] of items.entries()) {
      const inner = i < check.prefix.length ? check.prefix[i] : check.items;
      if (inner) this.visit(inner, entry, depth + 1);
    }
    return true;
  }

  #visitCombined({ all, any, one, not, when }: CombinedCheck, entry: number, depth: number): void {
    for (const inner of all) this.visit(inner, entry, depth);
    for (const [word, choices] of [
      ["any", any],
      ["one", one],
    ] as const)
      for (const choice of choices) {
        const possible = choice.filter((inner) => this.#allows(inner, entry));
        if (possible.length === 1) this.visit(possible[0] as RecordCheck, entry, depth);
        else this.#leaveCombined({ [word]: [choice] }, entry);
      }
    if (not && this.#allows(not, entry)) this.#leaveCombined({ not }, entry);
    if (when) this.#leaveCombined({ when }, entry);
  }
}
