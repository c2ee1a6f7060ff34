/** The fields of an error to log: message and status, never the request, which contains a token. */
export const errorFields = (error: unknown): { error: string; name?: string; status?: number } => {
  const { message, name, status } = error as { message?: string; name?: string; status?: number };
  return { error: String(message ?? error).slice(0, 2_000), ...(name ? { name } : {}), ...(status === undefined ? {} : { status }) };
};
