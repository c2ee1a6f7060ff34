import { compareEngines } from "./differences.ts";

// Prints whether the engines differ on this many records, starting at this seed.
const [records, seed] = process.argv.slice(2).map(Number);
const { differences } = await compareEngines(records ?? 0, seed ?? 0, 1);
console.log(differences.length > 0 ? "different" : "equal");
