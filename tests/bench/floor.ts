import { readFileSync } from "node:fs";

/** The floor: what reading and writing a file as a whole takes, with nothing else. */
JSON.stringify(JSON.parse(readFileSync(process.argv[2] as string, "utf8")));
const { user, system } = process.cpuUsage();
process.stdout.write(
  JSON.stringify({ wallMs: performance.now(), cpuMs: (user + system) / 1000, peakMB: process.resourceUsage().maxRSS / 1024 }),
);
