import { type ComponentChild, createElement as create } from "preact";

const isText = (child: ComponentChild): boolean => typeof child === "string" || typeof child === "number";

/** Makes elements in which neighbouring texts are one, as in a page that a browser has read: hydration then changes nothing. */
export function createElement(type: string, props: null, ...children: ComponentChild[]): ComponentChild {
  const merged: ComponentChild[] = [];
  for (const child of children) {
    const last = merged.findLastIndex((each) => each !== null && each !== undefined && typeof each !== "boolean");
    if (isText(child) && isText(merged[last])) merged[last] = `${String(merged[last])}${String(child)}`;
    else if (child !== "") merged.push(child);
  }
  return create(type, props, ...merged);
}
