/** `<` could end the script element. */
const scriptSafe = (value: unknown): string =>
  JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

/** Data for a script: JSON that cannot contain tags. */
export const PageData = ({ id, type = "application/json", value }: { id?: string; type?: string; value: unknown }) => (
  <script type={type} id={id} dangerouslySetInnerHTML={{ __html: scriptSafe(value) }} />
);
