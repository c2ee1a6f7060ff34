import { grouped } from "../../contract/grouped.ts";
import { ToneGlyph } from "../explorer/tone-glyph.tsx";
import { BOARD_MEMBERS } from "../limits.ts";
import type { Board } from "./release-page.ts";

export const BoardList = ({ board }: { board: Board }) => (
  <section class="board" id="answers" aria-labelledby="board">
    <h2 id="board">{board.title}</h2>
    <ul>
      {board.groups.map(({ label, description, tone, members, rows }) => (
        <li key={label}>
          <span class={`number tone ${tone}`}>{grouped(members.length)}</span>
          <h3>
            <span class={`tone ${tone}`}>
              <ToneGlyph tone={tone} />
            </span>{" "}
            {label}
          </h3>
          {description ? <p>{description}</p> : null}
          <p class="members">
            {members.slice(0, BOARD_MEMBERS).map((member, i) => [
              i > 0 ? ", " : "",
              <a key={member.label} href={member.href} dir="auto">
                {member.label}
              </a>,
            ])}
            {members.length > BOARD_MEMBERS ? (
              <>
                {" "}
                and <a href={rows}>{grouped(members.length - BOARD_MEMBERS)} more</a>
              </>
            ) : null}
          </p>
        </li>
      ))}
    </ul>
  </section>
);
