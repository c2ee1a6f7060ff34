import { announce } from "./announce.ts";

/** A text that is still being fetched is passed as a promise, because browsers allow copying only during a click. */
export async function copyText(text: string | Promise<string>, what: string): Promise<void> {
  try {
    if (typeof text === "string") await navigator.clipboard.writeText(text);
    else
      await navigator.clipboard.write([
        new ClipboardItem({ "text/plain": text.then((known) => new Blob([known], { type: "text/plain" })) }),
      ]);
    announce(`${what} copied`);
  } catch {
    // The browser refuses access, or the text could not be loaded.
    announce(`${what} could not be copied`);
  }
}

/** Buttons with `data-copy` copy its value, with a path resolved to a URL, or if it is empty, the text before the button. */
export function followCopyButtons(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    const given = button?.dataset["copy"];
    // Code that is copied may begin with a comment.
    const text = given?.startsWith("/") ? `${location.origin}${given}` : given || button?.previousElementSibling?.textContent;
    if (!text) return;
    void copyText(text, /^[0-9a-f]{64}$/.test(text) ? "Checksum" : /^https?:\S+$/.test(text) ? "Address" : "Text");
  });
}
