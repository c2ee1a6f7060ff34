import type { Artifact, Workspace } from "../ports/ports.ts";

export async function writeText(workspace: Pick<Workspace, "create">, name: string, text: string): Promise<Artifact> {
  const writer = await workspace.create(name);
  await writer.write(Buffer.from(text));
  return writer.close();
}
