import { useState } from "preact/hooks";
import type { ExplorerModel, Facet } from "./explorer-model.ts";
import { parseValueRange, rangeEnds, rangeKind } from "./value-range.ts";

interface RangeFilterProps {
  model: ExplorerModel;
  facet: Facet;
  picked: string | undefined;
  onPick(values: string[]): void;
}

/** Input that is not a valid range. It stays in the boxes until another range is picked. */
interface RangeDraft {
  /** The range that was picked meanwhile. */
  picked: string | undefined;
  ends: [from: string, to: string];
}

/** Inputs for both ends: numbers, or dates of any precision. */
export const RangeFilter = ({ model, facet, picked, onPick }: RangeFilterProps) => {
  const [draft, setDraft] = useState<RangeDraft | undefined>(undefined);
  const column = model.columns.find(({ name }) => name === facet.column);
  const kind = rangeKind(model, facet);
  const wrong = draft && draft.picked === picked ? draft : undefined;
  const ends = wrong?.ends ?? rangeEnds(picked);
  const { min, max } = facet.among ?? column?.distribution?.histogram ?? { min: "", max: "" };
  const isUnread = (text: string): boolean => text !== "" && parseValueRange(`${text}..${text}`, kind) === undefined;
  const change = (end: 0 | 1, text: string): void => {
    const [from, to] = end === 0 ? [text.trim(), ends[1]] : [ends[0], text.trim()];
    const range = `${from}..${to}`;
    const isNone = from === "" && to === "";
    const isKnown = isNone || parseValueRange(range, kind) !== undefined;
    setDraft(isKnown ? undefined : { picked, ends: [from, to] });
    if (isKnown) onPick(isNone ? [] : [range]);
  };
  const unread = wrong?.ends.filter(isUnread).map((text) => `“${text}”`) ?? [];
  const message = `_range-${model.facets.indexOf(facet)}`;
  return (
    <fieldset class="choice range">
      <legend>{facet.title}</legend>
      {(["from", "to"] as const).map((word, end) => (
        <label key={word}>
          <span>
            <span class="hidden">{facet.title}, </span>
            {word}
          </span>
          <input
            type="text"
            aria-invalid={wrong && isUnread(ends[end] ?? "") ? true : undefined}
            aria-describedby={wrong ? message : undefined}
            value={ends[end]}
            placeholder={end === 0 ? min : max}
            onChange={({ currentTarget }) => change(end as 0 | 1, currentTarget.value)}
          />
        </label>
      ))}
      {wrong ? (
        <p id={message} role="alert">
          {kind === "date"
            ? `Not a date: ${unread.join(" and ")}. Write 2020, 2020-09, Sep 2020 or 15 Sep 2020.`
            : `Not a number: ${unread.join(" and ")}.`}
        </p>
      ) : null}
    </fieldset>
  );
};
