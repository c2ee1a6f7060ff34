#!/usr/bin/env node
// Runs the TypeScript of a checkout as it stands.
import { register } from "tsx/esm/api";

register();
await import("./factpress.ts");
