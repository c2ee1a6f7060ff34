import { useEffect, useRef, useState } from "preact/hooks";
import type { ExplorerEffects } from "./explorer-effects.ts";
import type { Row } from "./explorer-model.ts";

/** Rows drawn at once. More would delay the next key press. */
const PORTION = 10;

interface GradualRows {
  drawn: readonly Row[];
  /** More rows follow. */
  isDrawing: boolean;
}

const areSame = (some: readonly Row[], others: readonly Row[]): boolean =>
  some.length === others.length && some.every((row, i) => row === others[i]);

/**
 * Draws the first rows at once and the others in portions soon after, so that a reader who keeps typing does not wait. Open rows are drawn
 * at once.
 */
export function useGradualRows(rows: readonly Row[], isOpen: (row: Row) => boolean, effects: ExplorerEffects | undefined): GradualRows {
  const asked = useRef(rows);
  if (!areSame(asked.current, rows)) asked.current = rows;
  const [last, setLast] = useState({ rows, count: PORTION });
  const isNew = last.rows !== asked.current;
  const count = Math.max(isNew ? PORTION : last.count, 1 + rows.findLastIndex(isOpen));
  useEffect(() => {
    if (count >= rows.length) return;
    return effects?.soon(() => setLast({ rows: asked.current, count: count + PORTION }), isNew);
  }, [asked.current, count]);
  return effects ? { drawn: rows.slice(0, count), isDrawing: count < rows.length } : { drawn: rows, isDrawing: false };
}
