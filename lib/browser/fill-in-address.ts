import { NO_ADDRESS } from "../contract/no-address.ts";

/** Fills in the site's address on pages that were written without one. */
export function fillInAddress(): void {
  for (const element of document.querySelectorAll("code, pre:not(:has(*))"))
    if (element.textContent?.includes(NO_ADDRESS)) element.textContent = element.textContent.replaceAll(NO_ADDRESS, location.origin);
  for (const element of document.querySelectorAll<HTMLElement>(`[data-copy^="${NO_ADDRESS}"]`))
    element.dataset["copy"] = element.dataset["copy"]?.replace(NO_ADDRESS, location.origin);
}
