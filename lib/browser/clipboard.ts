let region: HTMLElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says it to those who see and to those who listen. */
export function announce(text: string): void {
  if (!region) {
    region = document.createElement("p");
    region.className = "toast";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (region) region.textContent = "";
  }, 3_000);
}

/** A text that is still fetched is promised, so that the click that asked for it still counts. */
export async function copyText(text: string | Promise<string>, what: string): Promise<void> {
  try {
    if (typeof text === "string") await navigator.clipboard.writeText(text);
    else
      await navigator.clipboard.write([
        new ClipboardItem({ "text/plain": text.then((known) => new Blob([known], { type: "text/plain" })) }),
      ]);
    announce(`${what} copied`);
  } catch {
    // The browser refuses its clipboard, or the text could not be loaded: either way the reader is told.
    announce(`${what} could not be copied`);
  }
}

/** Every button with `data-copy` copies it; where that is empty, the text that stands before the button. */
export function followCopyButtons(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    const text = button?.dataset["copy"] || button?.previousElementSibling?.textContent;
    if (!text) return;
    void copyText(text, /^[0-9a-f]{64}$/.test(text) ? "Checksum" : "Text");
  });
}
