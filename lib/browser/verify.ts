import type { KeySet } from "../release/signature.ts";

/** One thing that was checked. */
interface Step {
  text: string;
  ok: boolean;
}

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => hex(await crypto.subtle.digest("SHA-256", bytes));
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

interface Entry {
  version: string;
  manifest: string;
}

/** Lines of `SHA256SUMS`: 64 hexadecimal digits, two spaces, the name. */
const manifestOf = (text: string): { name: string; hash: string }[] =>
  text.split("\n").flatMap((line) => {
    const [, hash, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    return hash && name ? [{ hash, name }] : [];
  });

/** ES256 over the header and the bytes of SHA256SUMS (RFC 7515, RFC 7797). */
async function signedBy(jws: string, manifest: Uint8Array<ArrayBuffer>, { keys }: KeySet): Promise<string | undefined> {
  const [header = "", middle, signature = ""] = jws.trim().split(".");
  const { alg, kid, b64 } = JSON.parse(textOf(fromBase64url(header))) as { alg?: string; kid?: string; b64?: boolean };
  const key = keys?.find((each) => each.kid === kid);
  if (!key || alg !== "ES256" || b64 !== false || middle !== "") return undefined;
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const known = await crypto.subtle.importKey("jwk", { kty: key.kty, crv: key.crv, x: key.x, y: key.y }, curve, false, ["verify"]);
  const input = new Uint8Array([...new TextEncoder().encode(`${header}.`), ...manifest]);
  return (await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, known, fromBase64url(signature), input)) ? key.kid : undefined;
}

/** Checks a release from its files to the first release; says each step. Throws what is wrong. */
async function verify(dataset: string, asked: string, say: (step: Step) => void): Promise<string> {
  const root = `/${encodeURIComponent(dataset)}`;
  const catalogueBytes = await bytesOf(`${root}/releases.json`);
  if (!catalogueBytes) throw new Wrong(`There is no dataset "${dataset}" here`);
  const { releases } = JSON.parse(textOf(catalogueBytes)) as { releases: Entry[] };
  const start = asked === "" || asked === "latest" ? 0 : releases.findIndex(({ version }) => version === asked);
  const entry = releases[start];
  if (!entry) throw new Wrong(`${dataset} has no version ${asked}`);
  const folder = `${root}/${entry.version}/`;
  const manifest = await needed(`${folder}SHA256SUMS`);
  if ((await sha256(manifest)) !== entry.manifest) throw new Wrong(`SHA256SUMS of ${entry.version} is not what releases.json names`);
  say({ ok: true, text: `SHA256SUMS of ${entry.version} is the one that releases.json names: ${entry.manifest}` });
  const files = manifestOf(textOf(manifest));
  if (files.length === 0) throw new Wrong("SHA256SUMS lists no files");
  for (const { name, hash } of files) {
    const bytes = await needed(`${folder}${name}`);
    if ((await sha256(bytes)) !== hash) throw new Wrong(`${name} was changed: its SHA-256 is not ${hash}`);
    say({ ok: true, text: `${name}: ${bytes.length} bytes, ${hash}` });
  }
  const jws = await bytesOf(`${folder}SHA256SUMS.jws`);
  if (!jws) say({ ok: false, text: "This release is not signed." });
  else {
    const keys = await bytesOf("/.well-known/jwks.json");
    const kid = keys && (await signedBy(textOf(jws), manifest, JSON.parse(textOf(keys)) as KeySet));
    if (!kid) throw new Wrong("The signature is not one of a public key of this site");
    say({ ok: true, text: `Signed by the key ${kid}` });
  }
  let previous = JSON.parse(textOf(await needed(`${folder}datapackage.json`))).previous as string | null;
  for (const older of releases.slice(start + 1)) {
    if (previous !== older.manifest) throw new Wrong(`The chain is broken before ${older.version}`);
    const sums = await needed(`${root}/${older.version}/SHA256SUMS`);
    if ((await sha256(sums)) !== older.manifest) throw new Wrong(`SHA256SUMS of ${older.version} was changed`);
    const about = await needed(`${root}/${older.version}/datapackage.json`);
    const named = manifestOf(textOf(sums)).find(({ name }) => name === "datapackage.json");
    if (named?.hash !== (await sha256(about))) throw new Wrong(`datapackage.json of ${older.version} was changed`);
    previous = JSON.parse(textOf(about)).previous as string | null;
    say({ ok: true, text: `Follows ${older.version}: ${older.manifest}` });
  }
  if (previous !== null) throw new Wrong("The first release names one before it that releases.json does not list");
  return `${dataset} ${entry.version} is what was released: ${files.length} files, ${releases.length - start} ${releases.length - start === 1 ? "release" : "releases"} back to the first.`;
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
      const text = await verify(field("dataset").value.trim(), field("version").value.trim(), (step) => mine === run && say(step));
      if (mine !== run) return;
      verdict.className = "ok";
      verdict.textContent = `✓ ${text}`;
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

const form = document.getElementById("verify");
if (form instanceof HTMLFormElement) start(form);
