/** The user ended the questions with Ctrl-C. */
export class AnswersInterrupted extends Error {
  override name = "AnswersInterrupted";
}
