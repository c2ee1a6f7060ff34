#!/usr/bin/env node
// A checkout runs its TypeScript as it stands; a package holds a bundle (bin/pack.ts).
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

if (existsSync(new URL("./factpress.ts", import.meta.url))) {
  const { register } = await import("tsx/esm/api");
  // Of this checkout, not of the folder that it is run in.
  register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
  await import("./factpress.ts");
} else await import("../dist/factpress.js");
