/** Commands that verify the downloaded files of a folder against its SHA256SUMS; missing files are skipped. */
export const CHECKSUM_COMMANDS: readonly { system: string; command: string }[] = [
  { system: "Linux", command: "sha256sum --ignore-missing -c SHA256SUMS" },
  { system: "macOS", command: "shasum -a 256 --ignore-missing -c SHA256SUMS" },
  {
    system: "Windows (PowerShell)",
    command:
      'Get-Content SHA256SUMS | ForEach-Object { $sum, $file = $_ -split "  "; if (Test-Path $file) { "$($file): $((Get-FileHash $file -Algorithm SHA256).Hash -eq $sum)" } }',
  },
];
