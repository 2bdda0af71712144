import { InvalidArgumentError, Option } from "commander";

/** The file that a relay writes and these commands read. */
export function databaseOption(): Option {
  return new Option("--db <file>", "the relay's SQLite file")
    .env("QSEC2_DB")
    .default("data/qsec2.db")
    .argParser((text) => {
      if (text !== "" && text !== "none") return text;
      throw new InvalidArgumentError("It must be the path of a file; a relay with --db none keeps nothing to look at.");
    });
}
