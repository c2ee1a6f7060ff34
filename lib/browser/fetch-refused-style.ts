/** Fetches the page's style as a file if the server's policy, from another version, blocked the inlined style. */
export function fetchRefusedStyle(): void {
  const file = document.querySelector<HTMLLinkElement>("link[disabled]");
  if (file && document.styleSheets.length === 0) file.disabled = false;
}
