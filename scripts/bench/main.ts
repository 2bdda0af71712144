/**
 * Prints tables of times and ratios of this machine.
 *
 *     npm run bench                    all of them
 *     npm run bench bb84 relay         these
 */
import { benchAmplification } from "./amplification.js";
import { benchAudit } from "./audit.js";
import { benchBb84 } from "./bb84.js";
import { benchCascade } from "./cascade.js";
import { benchChat } from "./chat.js";
import { benchFiles } from "./files.js";
import { benchHandshake } from "./handshake.js";
import { benchLdpc } from "./ldpc.js";
import { benchMessages } from "./messages.js";
import { benchPanels } from "./panels.js";
import { benchPhysics } from "./physics.js";
import { benchRekey } from "./rekey.js";
import { benchRelay } from "./relay.js";

const BENCHES = {
  amplification: benchAmplification,
  audit: benchAudit,
  bb84: benchBb84,
  cascade: benchCascade,
  chat: benchChat,
  files: benchFiles,
  handshake: benchHandshake,
  ldpc: benchLdpc,
  messages: benchMessages,
  panels: benchPanels,
  physics: benchPhysics,
  rekey: benchRekey,
  relay: benchRelay,
};

const asked = process.argv.slice(2);
const names = Object.keys(BENCHES) as (keyof typeof BENCHES)[];
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name));

if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown.join('", "')}"; choose from ${names.join(", ")}.`);
  process.exitCode = 2;
} else {
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);
  for (const name of names) if (asked.length === 0 || asked.includes(name)) await BENCHES[name]();
}
