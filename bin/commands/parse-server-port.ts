import { UsageError } from "../usage-error.ts";

export function parseServerPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new UsageError(`--port is a number from 0 to 65535, not "${text}"`);
  return port;
}
