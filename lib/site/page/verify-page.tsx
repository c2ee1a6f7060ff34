import { NO_ADDRESS } from "../../contract/no-address.ts";
import { type PageEnvironment, PageFrame } from "./page-frame.tsx";

/**
 * A script that downloads a release into a new folder and checks its hashes. Rejects a list with anything but plain file names, because a
 * malicious server could overwrite `.bashrc` or `../x`.
 */
const checkHashes = (site: string): string =>
  [
    `at=${site}/DATASET/VERSION`,
    'mkdir release && cd release && curl -fLO "$at/SHA256SUMS" &&',
    "if grep -Evn '^[0-9a-f]{64}  [A-Za-z0-9][A-Za-z0-9._-]*$' SHA256SUMS; then",
    "  echo 'The lines above are not file names of a release. Nothing else was downloaded.'",
    "else",
    '  cut -c 67- SHA256SUMS | while read -r name; do curl -fLO "$at/$name" || break; done',
    "  # macOS has shasum instead.",
    '  $(command -v sha256sum || echo "shasum -a 256") -c SHA256SUMS',
    "fi",
  ].join("\n");

const checkSignatures = (site: string): string => `node bin/factpress.js verify ${site}/DATASET/ --keys jwks.json`;

/** The page that verifies a release in the reader's browser. */
export const VerifyPage = ({ env }: { env: PageEnvironment }) => (
  <PageFrame env={env} head={{ title: "Verify a release", canonical: "/verify/" }}>
    <main id="main" class="wide">
      <h1>Verify a release</h1>
      <p class="lead">
        Is a file the one that was published? Choose the files that you downloaded; they stay on your device. Your browser downloads every
        file of the release, computes its SHA-256, follows the chain of releases back to the first, and checks the signature, if there is
        one.
      </p>
      <form id="verify" class="panel live">
        <div class="choices">
          <label class="choice">
            <span>Files that you downloaded</span>
            <input name="copies" type="file" multiple />
          </label>
          <label class="choice">
            <span>Dataset</span>
            <input name="dataset" required autocomplete="off" />
          </label>
          <label class="choice">
            <span>Version</span>
            <input name="version" placeholder="latest" autocomplete="off" />
          </label>
          <label class="choice">
            <span>Key id that you know</span>
            <input name="key" autocomplete="off" spellcheck={false} />
          </label>
          <button type="submit">Verify</button>
        </div>
      </form>
      <p id="verdict" role="status" />
      <ul id="notes" class="steps" />
      <details id="passed" hidden>
        <summary>0 checks passed</summary>
        <ol id="steps" class="steps" />
      </details>
      <p class="muted">
        Without a key id, the public keys come from this site only, so they do not prove who published the files. Enter the id of the
        publisher's key as you know it from elsewhere, such as its git repository (<code>.well-known/jwks.json</code>).
      </p>
      <h2>The same on a command line</h2>
      <p>Download the files of one release into a new folder and check their hashes:</p>
      <pre>
        <code>{checkHashes(env.site ?? NO_ADDRESS)}</code>
      </pre>
      <p>
        Check the chain of releases and the signatures as well, in a clone of the Factpress repository after <code>npm ci</code>. Get the
        publisher's public keys (<code>jwks.json</code>) from elsewhere than this site:
      </p>
      <pre>
        <code>{checkSignatures(env.site ?? NO_ADDRESS)}</code>
      </pre>
    </main>
  </PageFrame>
);
