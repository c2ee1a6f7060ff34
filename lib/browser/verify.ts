import { fillInAddress } from "./address.ts";
import { type FetchBytes, type Step, VerificationError, verifyRelease } from "./verify-release.ts";

const fetchBytes: FetchBytes = async (path) => {
  const response = await fetch(path, { cache: "no-store" });
  if (response.status === 404 || response.status === 410) return undefined;
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};

function start(form: HTMLFormElement): void {
  const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
  const steps = document.getElementById("steps") as HTMLElement;
  const verdict = document.getElementById("verdict") as HTMLElement;
  let run = 0;
  const say = ({ text, isOk }: Step): void => {
    const item = document.createElement("li");
    item.className = isOk ? "ok" : "unknown";
    item.textContent = `${isOk ? "✓" : "–"} ${text}`;
    steps.append(item);
  };
  const show = (kind: "ok" | "unknown" | "wrong" | "", text: string): void => {
    verdict.className = kind;
    verdict.textContent = text;
  };
  const go = async (): Promise<void> => {
    run += 1;
    const mine = run;
    steps.replaceChildren();
    show("", "Verifying …");
    try {
      if (!crypto.subtle) throw new Error("browsers compute hashes only on pages of https and of this machine");
      const [dataset = "", version = "", key = ""] = ["dataset", "version", "key"].map((name) => field(name).value.trim());
      const { text, isAuthenticated } = await verifyRelease({ dataset, version, key }, fetchBytes, (step) => mine === run && say(step));
      if (mine === run) show(isAuthenticated ? "ok" : "unknown", `${isAuthenticated ? "✓" : "–"} ${text}`);
    } catch (error) {
      // The reader is told, whatever it was.
      const message = (error as Error).message;
      if (mine === run) show("wrong", `✗ ${error instanceof VerificationError ? message : `Could not be verified: ${message}`}`);
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?${new URLSearchParams({ dataset: field("dataset").value, version: field("version").value })}`);
    void go();
  });
  const given = new URLSearchParams(location.search);
  field("dataset").value = given.get("dataset") ?? "";
  field("version").value = given.get("version") ?? "";
  if (given.get("dataset")) void go();
}

fillInAddress();
const form = document.getElementById("verify");
if (form instanceof HTMLFormElement) start(form);
