let region: HTMLElement | undefined;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a message, and announces it to screen readers. */
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
