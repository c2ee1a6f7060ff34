/** `<` would end the element that holds the text. */
const scriptSafe = (value: unknown): string =>
  JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

/** Data that a script reads: JSON in which no element can begin or end. */
export const PageData = ({ id, type = "application/json", value }: { id?: string; type?: string; value: unknown }) => (
  <script type={type} id={id} dangerouslySetInnerHTML={{ __html: scriptSafe(value) }} />
);
