/** Commands that compare the files of a folder with its SHA256SUMS: those that were downloaded, whichever they are. */
export const CHECKSUM_COMMANDS: readonly { system: string; command: string }[] = [
  { system: "Linux", command: "sha256sum --ignore-missing -c SHA256SUMS" },
  { system: "macOS", command: "shasum -a 256 --ignore-missing -c SHA256SUMS" },
  {
    system: "Windows (PowerShell)",
    command:
      'Get-Content SHA256SUMS | ForEach-Object { $sum, $file = $_ -split "  "; if (Test-Path $file) { "$($file): $((Get-FileHash $file -Algorithm SHA256).Hash -eq $sum)" } }',
  },
];
