import { inOneEpoch } from "../../packages/sdk/src/testing/rooms.js";
import { VirtualRelay, type VirtualMember } from "../../packages/sdk/src/testing/virtual-room.js";
import { number, printTable, timed } from "./harness.js";

const SIZES = [2, 8, 32, 64];
const STEP = 100;

/** What it costs a whole room to replace its key after fresh handshakes with everybody. */
export async function benchRekey(): Promise<void> {
  const rows = [];
  for (const size of SIZES) rows.push(await rekey(size));
  printTable("Re-key of a room (golay, 4096 qubits), all members in one process, one run each", rows);
}

async function rekey(size: number) {
  const relay = new VirtualRelay();
  relay.profile = "golay";
  const members: VirtualMember[] = [];
  for (let index = 0; index < size; index++) members.push(await relay.join(`member-${index}`, size));
  const [leader] = members;
  await until(relay, () => leader.room.epoch?.members === size);
  await relay.advance(5_000);
  const before = leader.room.epoch!.number;
  let [frames, bytes, ofLeader] = [0, 0, 0];
  relay.passes = ({ from, message }) => {
    frames++;
    bytes += message.frame.length;
    if (from === leader) ofLeader += message.frame.length;
    return true;
  };
  const start = relay.now;
  const { ms } = await timed(async () => {
    await relay.run(leader, (now) => leader.room.decisions.rekey(now));
    await until(relay, () => members.every(({ room }) => room.epoch!.number > before));
  });
  inOneEpoch(...members);
  return {
    members: number(size),
    "CPU ms, all": number(ms),
    "CPU ms a member": number(ms / size, 1),
    "virtual ms": number(relay.now - start),
    frames: number(frames),
    "KiB, all": number(bytes / 1024, 1),
    "KiB by the leader": number(ofLeader / 1024, 1),
  };
}

async function until(relay: VirtualRelay, done: () => boolean): Promise<void> {
  for (let waited = 0; !done(); waited += STEP) {
    if (waited > 120_000) throw new Error("The room did not come together.");
    await relay.advance(STEP);
  }
}
