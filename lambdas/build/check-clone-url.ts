/**
 * Throws unless a request names the repository of this deployment, by https. Whoever may write requests into the store could otherwise have git run
 * a program or read an address of the machine. `allowsLoopback`: http to this machine, for tests.
 */
export function checkCloneUrl(url: string, expected: string, { allowsLoopback }: { allowsLoopback: boolean }): void {
  if (url !== expected) throw new Error("The request names another address than that of the repository");
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:" || (allowsLoopback && protocol === "http:" && hostname === "127.0.0.1")) return;
  throw new Error("The address of the repository is not https");
}
