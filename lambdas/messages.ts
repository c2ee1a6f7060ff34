/** A message to the queue `validate`. */
export interface ValidateMessage {
  sha: string;
  pull?: number;
  delivery: string;
  /** Somebody asked for a new run. */
  again?: boolean;
}

/** A message to the queue `publish`. What to publish is read from the branch. */
export interface PublishMessage {
  sha: string;
  delivery: string;
}

/** What the schedule sends. */
export interface Tick {
  tick: true;
}
