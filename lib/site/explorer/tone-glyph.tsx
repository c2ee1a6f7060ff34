import { TONES, type Tone } from "../../schema/table-plan.ts";

/** The shape of a status, 14 by 14; the class sets its hue. The word beside it names it. */
export const ToneShape = ({ tone }: { tone: Tone }) => {
  switch (tone) {
    case "done":
      return <circle class="shape done" cx="7" cy="7" r="6" />;
    case "partial":
      return (
        <g class="shape partial">
          <circle class="ring" cx="7" cy="7" r="5" />
          <path d="M7 2a5 5 0 0 0 0 10z" />
        </g>
      );
    case "announced":
      return <path class="shape announced" d="M7 0l7 7-7 7-7-7z" />;
    case "intended":
      return <path class="shape intended" d="M7 1.5l5.5 5.5-5.5 5.5-5.5-5.5z" />;
    case "possible":
      return <circle class="shape possible" cx="7" cy="7" r="5" />;
    default:
      return <rect class="shape context" x="3" y="3" width="8" height="8" />;
  }
};

/** The mark of a fact without a status. */
export const PlainShape = () => <circle class="shape plain" cx="7" cy="7" r="3.5" />;

const BARS = [0, 1, 2, 3];

/** Drawn once on a page; glyphs refer to it. */
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

/** Four bars, as many filled as its level. */
export const LevelGlyph = ({ level }: { level: number }) => (
  <svg class="glyph bars" aria-hidden="true">
    <use href={`#_level-${level}`} />
  </svg>
);

const PATHS = {
  download: "M8 1v9M4 7l4 4 4-4M2 14h12",
  copy: "M5 5h9v9H5zM2 11V2h9",
  link: "M7 9l3-3M6 5l2-2a3 3 0 0 1 5 5l-2 2M10 11l-2 2a3 3 0 0 1-5-5l2-2",
  search: "M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM11 11l4 4",
  open: "M3 6l5 5 5-5",
  clear: "M3 3l10 10M13 3L3 13",
  edit: "M2 14l1-4L11 2l3 3-8 8z",
} as const;

export const Icon = ({ name }: { name: keyof typeof PATHS }) => (
  <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
