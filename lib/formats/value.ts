export type Value = string | number | boolean | null | undefined | Value[] | { [name: string]: Value };

export type JsonRecord = { [name: string]: Value };
