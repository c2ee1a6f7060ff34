/** An error as a log line says it: its message and status, never its request, which holds a token. */
export const errorFields = (error: unknown): { error: string; name?: string; status?: number } => {
  const { message, name, status } = error as { message?: string; name?: string; status?: number };
  return { error: String(message ?? error).slice(0, 2_000), ...(name ? { name } : {}), ...(status === undefined ? {} : { status }) };
};
