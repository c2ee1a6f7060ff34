/** The value of a JSON text; undefined if it is not JSON. */
export function parseJson<T = unknown>(text: string): { value: T } | undefined {
  try {
    return { value: JSON.parse(text) as T };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
