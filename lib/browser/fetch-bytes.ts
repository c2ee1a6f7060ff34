/** Fetches a path of the site; undefined for 404. */
export type FetchBytes = (path: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
