import initSqlJs from "sql.js";
import { storeContract } from "../store-contract.ts";
import { sqliteStore } from "./sqlite-store.ts";

storeContract("SQLite", async () => {
  const { Database } = await initSqlJs();
  return sqliteStore(new Database());
});
