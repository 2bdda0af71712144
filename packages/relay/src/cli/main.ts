import { readFileSync } from "node:fs";
import { Command } from "commander";
import { QsecError } from "@qsec2/sdk/wire";
import { benchCommand } from "./bench.js";
import { initDbCommand } from "./init-db.js";
import { logsCommand } from "./logs.js";
import { NobodyReads } from "./output.js";
import { qberCommand } from "./qber.js";
import { roomsCommand } from "./rooms.js";
import { serveCommand } from "./serve.js";
import { settleSwitches } from "./switches.js";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const INTRODUCTION =
  "A relay for QSEC2: it passes end-to-end encrypted messages between the members of a room. It has no key and cannot " +
  "read them. Without options it listens on this machine alone, serves a page to chat from, and keeps its log in " +
  "data/qsec2.db.";

const EXAMPLES = `
Examples:
  qsec2-relay                                    then open the address that it prints
  qsec2-relay --port 8080 --db /var/lib/qsec2/relay.db
  qsec2-relay --trust-proxy --hosts chat.example --metrics 9464      behind a proxy, for everybody
  qsec2-relay --no-pages --cors https://chat.example                 for pages of another site
  qsec2-relay logs --room standup --follow                           what happens in a room

Where both are given, the command line counts and not the variable (env). The variable of an
option without a value is 1 or 0. A browser lets a page encrypt only over HTTPS or on this
machine: put a proxy that speaks TLS in front of a relay that others are to reach, and start it
with --trust-proxy. /healthz says that it runs, /readyz that it takes members, and --metrics what
it does. SIGTERM and Ctrl-C stop it in order.

Exit code: 0 after a stop; 1 when an option is wrong or it cannot start, with the reason on
standard error.`;

const serve = serveCommand();
const program = new Command("qsec2-relay")
  .description(INTRODUCTION)
  .version(version)
  .hook("preSubcommand", (_, command) => settleSwitches(command.options, process.env))
  .addCommand(serve, { isDefault: true })
  .addCommand(logsCommand())
  .addCommand(roomsCommand())
  .addCommand(initDbCommand())
  .addCommand(qberCommand())
  .addCommand(benchCommand())
  // The options of the command that runs by default belong into the first help that anybody sees.
  .addHelpText("after", () => `\n${optionsOf(serve)}\n${EXAMPLES}`);
serve.addHelpText("after", EXAMPLES);

function optionsOf(command: Command): string {
  const help = command.helpInformation();
  const heading = `${command.options[0].helpGroupHeading}`;
  return `Options of ${command.name()}\n\n${help.slice(help.indexOf(heading)).trimEnd()}`;
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof NobodyReads)) fail(error);
}

function fail(error: unknown): void {
  // A wrong option or a port in use is answered with a sentence; anything else is a fault of ours and shows its stack.
  const text = error instanceof QsecError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`qsec2-relay: ${text}\n`);
  process.exitCode = 1;
}
