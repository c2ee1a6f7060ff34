/** One check and its result. */
export interface Step {
  text: string;
  isOk: boolean;
  /** It is about a file of the reader. */
  isYours?: true;
}
