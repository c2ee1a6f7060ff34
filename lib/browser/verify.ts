import { isExactVersion } from "../contract/is-exact-version.ts";
import { plural } from "../contract/plural.ts";
import type { FetchBytes } from "./fetch-bytes.ts";
import { fetchRefusedStyle } from "./fetch-refused-style.ts";
import { fillInAddress } from "./fill-in-address.ts";
import type { Step } from "./step.ts";
import { verifyRelease } from "./verify-release.ts";
import { VerificationError } from "./web-crypto.ts";

const fetchBytes: FetchBytes = async (path) => {
  const response = await fetch(path, { cache: "no-store" });
  if (response.status === 404 || response.status === 410) return undefined;
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};

const field = (form: HTMLFormElement, name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;

/** The id of a key: its SHA-256 in base64url (RFC 7638). */
const KEY_ID = /^[\w-]{43}$/;

interface VerifyResult {
  kind: "ok" | "unknown" | "wrong";
  text: string;
  /** Path of the verified release. */
  path?: string;
}

async function resultOf(form: HTMLFormElement, report: (step: Step) => void): Promise<VerifyResult> {
  try {
    if (!crypto.subtle) throw new Error("browsers compute hashes only on pages served over https or from this machine");
    const [dataset = "", version = "", key = ""] = ["dataset", "version", "key"].map((name) => field(form, name).value.trim());
    const copies = [...(field(form, "copies").files ?? [])].map((file) => ({
      name: file.name,
      read: async () => new Uint8Array(await file.arrayBuffer()),
    }));
    const { text, isAuthenticated, version: verified } = await verifyRelease({ dataset, version, key, copies }, fetchBytes, report);
    return {
      path: `/${dataset}/${verified}/`,
      // Without a file of the reader, a green result would seem to be about the file that they have.
      ...(isAuthenticated && copies.length > 0 ? { kind: "ok", text: `✓ ${text}` } : { kind: "unknown", text: `– ${text}` }),
    };
  } catch (error) {
    // Show any failure to the reader.
    const { message } = error as Error;
    return { kind: "wrong", text: `✗ ${error instanceof VerificationError ? message : `Could not be verified: ${message}`}` };
  }
}

function stepItem({ text, isOk }: Step): HTMLLIElement {
  const item = document.createElement("li");
  item.className = isOk ? "ok" : "unknown";
  item.textContent = `${isOk ? "✓" : "–"} ${text}`;
  return item;
}

/** Inserts the release into the commands. No other text of the address is inserted. */
function fillInRelease(dataset: string, version: string): void {
  for (const code of document.querySelectorAll("pre code")) {
    let text = code.textContent ?? "";
    if (/^[a-z0-9-]+$/.test(dataset)) text = text.replace("DATASET", dataset);
    if (isExactVersion(version)) text = text.replace("VERSION", version);
    code.textContent = text;
  }
}

function start(form: HTMLFormElement): void {
  const [notes, passed, steps] = ["notes", "passed", "steps"].map((id) => document.getElementById(id)) as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ];
  const verdict = document.getElementById("verdict") as HTMLElement;
  let latest = 0;
  const show = (kind: VerifyResult["kind"] | "", text: string, path?: string): void => {
    verdict.className = kind;
    verdict.textContent = text;
    if (path === undefined) return;
    const link = document.createElement("a");
    link.href = link.textContent = path;
    verdict.append(" ", link);
  };
  const verify = async (): Promise<void> => {
    latest += 1;
    const run = latest;
    notes.replaceChildren();
    steps.replaceChildren();
    passed.hidden = notes.hidden = true;
    show("", "Verifying …");
    const count = (words: string): void => {
      passed.hidden = steps.childElementCount === 0;
      (passed.firstElementChild as HTMLElement).textContent = words.replace("#", plural(steps.childElementCount, "check"));
    };
    const { kind, text, path } = await resultOf(form, (step) => {
      if (run !== latest) return;
      // Warnings, and what is about the reader's own files, are never folded.
      const isFolded = step.isOk && !step.isYours;
      (isFolded ? steps : notes).append(stepItem(step));
      count("# so far");
    });
    if (run !== latest) return;
    notes.hidden = false;
    count(kind === "wrong" ? "# passed before one failed" : "✓ # passed");
    show(kind, text, path);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = new URLSearchParams({ dataset: field(form, "dataset").value, version: field(form, "version").value });
    history.replaceState(null, "", `?${query}`);
    void verify();
  });
  // A result must not stay beside files that it is not about.
  field(form, "copies").addEventListener("change", () => form.requestSubmit());
  const key = field(form, "key");
  key.addEventListener("input", () => {
    if (KEY_ID.test(key.value.trim())) form.requestSubmit();
  });
  const given = new URLSearchParams(location.search);
  const [dataset, version] = [given.get("dataset") ?? "", given.get("version") ?? ""];
  field(form, "dataset").value = dataset;
  field(form, "version").value = version;
  fillInRelease(dataset, version);
  // A result without a file would answer another question than most readers have, after a download of all files.
  if (dataset !== "")
    show("", `Choose the files that you downloaded, or press “Verify” to check only the files of ${dataset} ${version} on this site.`);
}

fetchRefusedStyle();
fillInAddress();
const form = document.getElementById("verify");
if (form instanceof HTMLFormElement) start(form);
