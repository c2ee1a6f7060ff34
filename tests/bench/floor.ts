import { readFileSync } from "node:fs";

/** The floor: the time for parsing and serializing a whole file. */
JSON.stringify(JSON.parse(readFileSync(process.argv[2] as string, "utf8")));
const { user, system } = process.cpuUsage();
process.stdout.write(
  JSON.stringify({ wallMs: performance.now(), cpuMs: (user + system) / 1000, peakMB: process.resourceUsage().maxRSS / 1024 }),
);
