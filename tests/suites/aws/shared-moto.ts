/** Starts moto once for all files of the suite. */
export default async function setup(): Promise<() => Promise<void>> {
  // Loaded here, since a suite without moto ends before this and says so within seconds.
  const { startMoto } = await import("../../servers/servers.ts");
  const { endpoint, stop } = await startMoto();
  process.env["FACTPRESS_MOTO"] = endpoint;
  return stop;
}
