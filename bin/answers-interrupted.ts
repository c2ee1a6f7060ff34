/** The user stopped the prompts with Ctrl-C. */
export class AnswersInterrupted extends Error {
  override name = "AnswersInterrupted";
}
