import { NO_ADDRESS } from "../contract/no-address.ts";

/** Where nobody had said the site's address when a page was written, it is the one that it is read from. */
export function fillInAddress(): void {
  for (const element of document.querySelectorAll("code, pre:not(:has(*))"))
    if (element.textContent?.includes(NO_ADDRESS)) element.textContent = element.textContent.replaceAll(NO_ADDRESS, location.origin);
  for (const element of document.querySelectorAll<HTMLElement>(`[data-copy^="${NO_ADDRESS}"]`))
    element.dataset["copy"] = element.dataset["copy"]?.replace(NO_ADDRESS, location.origin);
}
