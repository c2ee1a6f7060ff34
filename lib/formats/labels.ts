/** Labels by table and key. */
export type Labels = ReadonlyMap<string, ReadonlyMap<string, string>>;
