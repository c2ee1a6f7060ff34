import { createHash, randomUUID } from "node:crypto";
import type { Database } from "sql.js";
import type { Body, Store } from "../../lib/ports/ports.ts";

interface Row {
  bytes: Uint8Array;
  etag: string;
  sha256: string;
}

/** A store in an SQLite database. Every statement is one transaction, so concurrent writes are serialized. */
export function sqliteStore(database: Database): Store {
  database.run("CREATE TABLE IF NOT EXISTS objects (key TEXT PRIMARY KEY, bytes BLOB NOT NULL, etag TEXT NOT NULL, sha256 TEXT NOT NULL)");
  const select = (key: string): Row | undefined => {
    const [result] = database.exec("SELECT bytes, etag, sha256 FROM objects WHERE key = ?", [key]);
    const [bytes, etag, sha256] = result?.values[0] ?? [];
    return result && { bytes: bytes as Uint8Array, etag: String(etag), sha256: String(sha256) };
  };
  return {
    async get(key) {
      const row = select(key);
      return row && { bytes: row.bytes, etag: row.etag };
    },
    async *read(key, range) {
      const row = select(key);
      if (!row) throw new Error(`There is no object ${key}`);
      yield range ? row.bytes.subarray(range.start, range.end) : row.bytes;
    },
    async *list(prefix) {
      const [result] = database.exec("SELECT key, etag FROM objects WHERE substr(key, 1, ?) = ?", [prefix.length, prefix]);
      for (const [key, etag] of result?.values ?? []) yield { key: String(key), etag: String(etag) };
    },
    async putIfAbsent(key, body) {
      const bytes = await bytesOf(body);
      database.run("INSERT INTO objects VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING", [key, bytes, newEtag(), body.sha256]);
      if (database.getRowsModified() === 1) return "written";
      return select(key)?.sha256 === body.sha256 ? "same" : "other";
    },
    async putIfMatch(key, bytes, etag) {
      const [next, sha256] = [newEtag(), hashOf(bytes)];
      if (etag === null) database.run("INSERT INTO objects VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING", [key, bytes, next, sha256]);
      else database.run("UPDATE objects SET bytes = ?, etag = ?, sha256 = ? WHERE key = ? AND etag = ?", [bytes, next, sha256, key, etag]);
      return database.getRowsModified() === 1 ? next : undefined;
    },
  };
}

const newEtag = (): string => `"${randomUUID()}"`;
const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function bytesOf(body: Body): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
