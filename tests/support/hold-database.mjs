/** Keeps everybody else from writing to a SQLite file until it is ended: `node hold-database.mjs <file>`. */
import Database from "better-sqlite3";

const database = new Database(process.argv[2]);
database.exec("BEGIN EXCLUSIVE");
console.log("held");
setInterval(() => database.inTransaction, 1_000_000);
