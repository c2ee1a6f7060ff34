/**
 * Joins the items of a list with `;`. `;` and `\` in items are escaped with `\`, and an item without a value is `\-`. An empty list is
 * `[]`, and a list whose text would be `[]` is `\[]`, so that splitting is exact.
 */
export function joinList(items: readonly (string | undefined)[]): string {
  if (items.length === 0) return "[]";
  const text = items.map((item) => (item === undefined ? "\\-" : item.replaceAll("\\", "\\\\").replaceAll(";", "\\;"))).join(";");
  return text === "[]" ? "\\[]" : text;
}

/** Splits the output of `joinList`. */
export function splitList(text: string): (string | undefined)[] {
  if (text === "[]") return [];
  const body = text === "\\[]" ? "[]" : text;
  const items: (string | undefined)[] = [];
  let item = "";
  let none = false;
  for (let i = 0; i < body.length; i += 1) {
    const c = body[i] as string;
    if (c === "\\") {
      i += 1;
      if (body[i] === "-") none = true;
      else item += body[i] ?? "";
    } else if (c === ";") {
      items.push(none ? undefined : item);
      item = "";
      none = false;
    } else item += c;
  }
  items.push(none ? undefined : item);
  return items;
}
