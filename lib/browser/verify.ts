import { type Catalogue, type CatalogueEntry, removedReason, standing, withdrawnReason } from "../release/catalogue.ts";
import type { KeySet, PublicKey } from "../release/signature.ts";
import { sayAddress } from "./address.ts";

/** One thing that was checked. */
interface Step {
  text: string;
  ok: boolean;
}

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => hex(await crypto.subtle.digest("SHA-256", bytes));
const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

class Wrong extends Error {}

async function bytesOf(url: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const response = await fetch(url, { cache: "no-store" });
  if (response.status === 404 || response.status === 410) return undefined;
  if (!response.ok) throw new Wrong(`${url} answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
async function needed(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await bytesOf(url);
  if (!bytes) throw new Wrong(`${url} is missing`);
  return bytes;
}
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What is wrong with a text that should have been JSON. */
function jsonOf<T>(bytes: Uint8Array, what: string): T {
  try {
    return JSON.parse(textOf(bytes)) as T;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Wrong(`${what} is no JSON`);
  }
}

/** Lines of `SHA256SUMS`: 64 hexadecimal digits, two spaces, the name. */
function manifestOf(text: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const line of text.split("\n").filter(Boolean)) {
    const [, hash, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (!hash || !name || files.has(name)) throw new Wrong("SHA256SUMS has a line that names no file, or names one twice");
    files.set(name, hash);
  }
  return files;
}

/** RFC 7638: the name of a key is told from the key. */
const thumbprint = async ({ crv, kty, x, y }: PublicKey): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify({ crv, kty, x, y })))));

/** ES256 over the header and the bytes of SHA256SUMS (RFC 7515, RFC 7797): the key that signed it. */
async function signedBy(jws: string, manifest: Uint8Array<ArrayBuffer>, { keys }: KeySet): Promise<string | undefined> {
  try {
    const [header = "", middle, signature = ""] = jws.trim().split(".");
    const { alg, kid, b64 } = JSON.parse(textOf(fromBase64url(header))) as { alg?: string; kid?: string; b64?: boolean };
    const key = keys.find((each) => each.kid === kid);
    if (!key || alg !== "ES256" || b64 !== false || middle !== "" || (await thumbprint(key)) !== kid) return undefined;
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const known = await crypto.subtle.importKey("jwk", { kty: key.kty, crv: key.crv, x: key.x, y: key.y }, curve, false, ["verify"]);
    const input = new Uint8Array([...new TextEncoder().encode(`${header}.`), ...manifest]);
    return (await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, known, fromBase64url(signature), input)) ? kid : undefined;
  } catch {
    return undefined;
  }
}

/** Which release an address means: an exact version, `latest`, or the newest of a line. */
function entryOf(catalogue: Catalogue, asked: string): CatalogueEntry | undefined {
  if (/^\d+\.\d+\.\d+$/.test(asked)) return catalogue.releases.find(({ version }) => version === asked);
  const line = asked === "" || asked === "latest" ? "" : `${asked}.`;
  return standing(catalogue).find(({ version }) => version.startsWith(line));
}

interface Verdict {
  text: string;
  isSigned: boolean;
}

/** Its manifest, as the catalogue and a key of the site name it. */
async function checkedManifest(
  folder: string,
  { version, manifest: named }: CatalogueEntry,
  keys: KeySet,
): Promise<{ files: Map<string, string>; kid?: string }> {
  const manifest = await needed(`${folder}SHA256SUMS`);
  if ((await sha256(manifest)) !== named) throw new Wrong(`SHA256SUMS of ${version} is not the one that releases.json names`);
  const files = manifestOf(textOf(manifest));
  if (!files.has("datapackage.json")) throw new Wrong(`SHA256SUMS of ${version} does not name datapackage.json`);
  const jws = await bytesOf(`${folder}SHA256SUMS.jws`);
  if (!jws) return { files };
  const kid = await signedBy(textOf(jws), manifest, keys);
  if (!kid) throw new Wrong(`The signature of ${version} does not fit, or is not of a public key of this site`);
  return { files, kid };
}

interface About {
  previous: string | null;
  resources: { path: string; hash: string }[];
}

/** Checks a release from its files to the first release; says each step. Throws what is wrong. */
async function verify(dataset: string, asked: string, say: (step: Step) => void): Promise<Verdict> {
  if (!crypto.subtle) throw new Wrong("Browsers compute hashes on pages of https and of this machine only");
  const root = `/${encodeURIComponent(dataset)}`;
  const catalogueBytes = await bytesOf(`${root}/releases.json`);
  if (!catalogueBytes) throw new Wrong(`There is no dataset "${dataset}" here`);
  const catalogue = jsonOf<Catalogue>(catalogueBytes, "releases.json");
  if (![catalogue?.releases, catalogue?.withdrawn, catalogue?.removed].every(Array.isArray))
    throw new Wrong("releases.json is no catalogue");
  const entry = entryOf(catalogue, asked);
  if (!entry) throw new Wrong(`${dataset} has no version ${asked || "that stands"}`);
  const { version } = entry;
  const removed = removedReason(catalogue, version);
  if (removed !== undefined) throw new Wrong(`${version} was removed: ${removed}`);
  const withdrawn = withdrawnReason(catalogue, version);
  if (withdrawn !== undefined) say({ ok: false, text: `${version} was withdrawn: ${withdrawn}` });
  const keyBytes = await bytesOf("/.well-known/jwks.json");
  const keys = keyBytes ? jsonOf<KeySet>(keyBytes, "jwks.json") : { keys: [] };
  if (!Array.isArray(keys?.keys)) throw new Wrong("jwks.json is no list of keys");
  const folder = `${root}/${version}/`;
  const { files, kid } = await checkedManifest(folder, entry, keys);
  say({ ok: true, text: `SHA256SUMS of ${version} is the one that releases.json names: ${entry.manifest}` });
  say(kid ? { ok: true, text: `Signed by the key ${kid}` } : { ok: false, text: "This release is not signed." });
  let about: About | undefined;
  for (const [name, hash] of files) {
    const bytes = await needed(`${folder}${name}`);
    if ((await sha256(bytes)) !== hash) throw new Wrong(`${name} was changed: its SHA-256 is not ${hash}`);
    if (name === "datapackage.json") about = jsonOf<About>(bytes, name);
    say({ ok: true, text: `${name}: ${bytes.length} bytes, ${hash}` });
  }
  for (const { path, hash } of about?.resources ?? [])
    if (hash !== `sha256:${files.get(path)}`) throw new Wrong(`datapackage.json and SHA256SUMS name different hashes of ${path}`);
  let previous = about?.previous ?? null;
  const older = catalogue.releases.slice(catalogue.releases.indexOf(entry) + 1);
  for (const before of older) {
    if (previous !== before.manifest) throw new Wrong(`The chain is broken before ${before.version}`);
    const at = `${root}/${before.version}/`;
    const checked = await checkedManifest(at, before, keys);
    const bytes = await needed(`${at}datapackage.json`);
    if (checked.files.get("datapackage.json") !== (await sha256(bytes)))
      throw new Wrong(`datapackage.json of ${before.version} was changed`);
    previous = jsonOf<About>(bytes, "datapackage.json").previous;
    say({ ok: true, text: `Follows ${before.version}: ${before.manifest}${checked.kid ? ", signed" : ""}` });
  }
  if (previous !== null) throw new Wrong("The first release names one before it that releases.json does not list");
  const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
  const what = `${many(files.size, "file")}, ${many(older.length + 1, "release")} back to the first`;
  return kid
    ? { isSigned: true, text: `${dataset} ${version} is what was released: ${what}, signed by the key ${kid}.` }
    : {
        isSigned: false,
        text: `${dataset} ${version} fits its own list of hashes (${what}), but is not signed: whoever can change the files can change the list.`,
      };
}

function start(form: HTMLFormElement): void {
  const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
  const steps = document.getElementById("steps") as HTMLElement;
  const verdict = document.getElementById("verdict") as HTMLElement;
  let run = 0;
  const say = ({ text, ok }: Step): void => {
    const item = document.createElement("li");
    item.className = ok ? "ok" : "unknown";
    item.textContent = `${ok ? "✓" : "–"} ${text}`;
    steps.append(item);
  };
  const go = async (): Promise<void> => {
    run += 1;
    const mine = run;
    steps.replaceChildren();
    verdict.className = "";
    verdict.textContent = "Verifying …";
    try {
      const { text, isSigned } = await verify(
        field("dataset").value.trim(),
        field("version").value.trim(),
        (step) => mine === run && say(step),
      );
      if (mine !== run) return;
      verdict.className = isSigned ? "ok" : "unknown";
      verdict.textContent = `${isSigned ? "✓" : "–"} ${text}`;
    } catch (error) {
      if (mine !== run) return;
      verdict.className = "wrong";
      verdict.textContent = `✗ ${error instanceof Wrong ? error.message : `Could not be verified: ${(error as Error).message}`}`;
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

sayAddress();
const form = document.getElementById("verify");
if (form instanceof HTMLFormElement) start(form);
