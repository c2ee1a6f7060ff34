#!/usr/bin/env node
// Runs the TypeScript of a checkout as it stands, with its own settings, from whatever folder.
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
await import("./factpress.ts");
