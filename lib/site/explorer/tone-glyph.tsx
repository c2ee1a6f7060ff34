import { MAX_CERTAINTY_LEVEL, TONES, type Tone } from "../../schema/schema.ts";
import { ToneShape } from "./tone-shape.tsx";

const BARS = [...Array(MAX_CERTAINTY_LEVEL).keys()];

/** Included once in a page; glyphs refer to it. */
export const GlyphSprite = () => (
  <svg class="sprite" aria-hidden="true" focusable="false">
    {TONES.map((tone) => (
      <symbol key={tone} id={`_tone-${tone}`} viewBox="0 0 14 14">
        <ToneShape tone={tone} />
      </symbol>
    ))}
    {[0, ...BARS.map((i) => i + 1)].map((level) => (
      <symbol key={level} id={`_level-${level}`} viewBox="0 0 18 14">
        {BARS.map((i) =>
          i < level ? (
            <rect key={i} class="full" x={i * 5} y={10 - i * 3} width="3" height={4 + i * 3} />
          ) : (
            <rect key={i} class="none" x={i * 5 + 0.4} y={10.4 - i * 3} width="2.2" height={3.2 + i * 3} />
          ),
        )}
      </symbol>
    ))}
  </svg>
);

export const ToneGlyph = ({ tone }: { tone: Tone }) => (
  <svg class="glyph" aria-hidden="true">
    <use href={`#_tone-${tone}`} />
  </svg>
);

/** Four bars, filled up to the certainty level. */
export const CertaintyGlyph = ({ level }: { level: number }) => (
  <svg class="glyph bars" aria-hidden="true">
    <use href={`#_level-${level}`} />
  </svg>
);
