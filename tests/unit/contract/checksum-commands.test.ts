import { describe, expect, it } from "vitest";
import { CHECKSUM_COMMANDS } from "../../../lib/contract/checksum-commands.ts";

describe("CHECKSUM_COMMANDS", () => {
  it("verify the files that exist against the manifest", () => {
    expect(CHECKSUM_COMMANDS.map(({ system }) => system)).toEqual(["Linux", "macOS", "Windows (PowerShell)"]);
    const [linux, mac, windows] = CHECKSUM_COMMANDS.map(({ command }) => command);
    expect(linux).toBe("sha256sum --ignore-missing -c SHA256SUMS");
    expect(mac).toBe("shasum -a 256 --ignore-missing -c SHA256SUMS");
    expect(windows).toMatch(/^Get-Content SHA256SUMS \| .*-split " {2}".*Test-Path.*SHA256/);
  });
});
