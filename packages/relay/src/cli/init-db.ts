import { Command } from "commander";
import { SCHEMA_VERSION } from "../audit/migrations.js";
import { openDatabase } from "../audit/open-database.js";
import { databaseOption } from "./database-option.js";
import { print } from "./output.js";

const HELP = `
A relay does this by itself when it starts. Do it beforehand to see that the file can be used, or to bring
the tables of an older relay up to date while no relay runs. All of it happens in one transaction: after an
error the file is as before. A file that a newer relay has written is refused and stays as it is.

Exit code: 0 when the tables are ready, 1 otherwise.

Examples:
  qsec2-relay init-db
  qsec2-relay init-db --db /var/lib/qsec2/relay.db`;

/** `qsec2-relay init-db`: makes or migrates the tables. */
export function initDbCommand(): Command {
  return new Command("init-db")
    .description("make the tables of the relay's database, or bring them up to date")
    .addOption(databaseOption())
    .allowExcessArguments(false)
    .addHelpText("after", HELP)
    .action(({ db }: { readonly db: string }) => initDb(db));
}

async function initDb(file: string): Promise<void> {
  let before = SCHEMA_VERSION;
  await openDatabase(file, (driver, version) => {
    before = version;
    driver.close();
  });
  await print(`${file}: ${outcome(before)}`);
}

function outcome(before: number): string {
  if (before === SCHEMA_VERSION) return `the tables are up to date (version ${SCHEMA_VERSION})`;
  if (before === 0) return `the tables were made (version ${SCHEMA_VERSION})`;
  return `the tables were brought from version ${before} to ${SCHEMA_VERSION}`;
}
