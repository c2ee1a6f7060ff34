import { followCopyButtons } from "./copy-text.ts";
import { fetchRefusedStyle } from "./fetch-refused-style.ts";
import { fillInAddress } from "./fill-in-address.ts";

// The script of pages that only have texts to copy: those of subjects, and cards.
fetchRefusedStyle();
fillInAddress();
followCopyButtons();
document.documentElement.dataset["live"] = "";
