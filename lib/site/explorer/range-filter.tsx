import { useState } from "preact/hooks";
import type { ExplorerModel, Facet } from "./explorer-model.ts";
import { parseValueRange, rangeEnds } from "./value-range.ts";

interface RangeFilterProps {
  model: ExplorerModel;
  facet: Facet;
  picked: string | undefined;
  onPick(values: string[]): void;
}

/** From and to: numbers, or dates as precise as a reader likes. */
export const RangeFilter = ({ model, facet, picked, onPick }: RangeFilterProps) => {
  const [isWrong, setWrong] = useState(false);
  const column = model.columns.find(({ name }) => name === facet.column);
  const ends = rangeEnds(picked);
  const { min, max } = column?.distribution?.histogram ?? { min: "", max: "" };
  const change = (end: 0 | 1, text: string): void => {
    const [from, to] = end === 0 ? [text.trim(), ends[1]] : [ends[0], text.trim()];
    const range = `${from}..${to}`;
    const isNone = from === "" && to === "";
    const isKnown = isNone || parseValueRange(range, column?.kind ?? "number") !== undefined;
    setWrong(!isKnown);
    if (isKnown) onPick(isNone ? [] : [range]);
  };
  return (
    <fieldset class="choice range">
      <legend>{facet.title}</legend>
      {(["from", "to"] as const).map((word, end) => (
        <input
          key={word}
          type="text"
          aria-label={`${facet.title}, ${word}`}
          aria-invalid={isWrong ? true : undefined}
          value={ends[end]}
          placeholder={end === 0 ? min : max}
          onChange={({ currentTarget }) => change(end as 0 | 1, currentTarget.value)}
        />
      ))}
    </fieldset>
  );
};
