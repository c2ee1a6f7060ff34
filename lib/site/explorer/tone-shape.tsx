import type { Tone } from "../../schema/schema.ts";

/** The shape of a status, 14 by 14; its class sets the colour. The word next to it names the status. */
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
