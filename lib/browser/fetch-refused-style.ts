/** Fetches the style of the page as a file if the server's policy, of another version, refused the one that the page holds. */
export function fetchRefusedStyle(): void {
  const file = document.querySelector<HTMLLinkElement>("link[disabled]");
  if (file && document.styleSheets.length === 0) file.disabled = false;
}
