import { expectedQber, PROFILES, type ProfileName, type RunResult } from "../../packages/sdk/src/bb84/index.js";
import { nextRun, type Run } from "../../packages/sdk/src/room/next-run.js";
import { RETRY_AFTER } from "../../packages/sdk/src/room/timing.js";
import { finishRun, startRun } from "../../packages/sdk/src/testing/bb84-run.js";
import type { QsecErrorCode } from "../../packages/sdk/src/wire/errors.js";
import { median, number, printTable, type Row } from "./harness.js";

const HANDSHAKES = 200;
const CHANNELS = [
  { channel: "no noise", noise: 0, eve: 0 },
  { channel: "noise 1 %", noise: 0.01, eve: 0 },
  { channel: "noise 3 %", noise: 0.03, eve: 0 },
  { channel: "noise 5 %", noise: 0.05, eve: 0 },
  { channel: "noise 8 %", noise: 0.08, eve: 0 },
  { channel: "noise 10 %", noise: 0.1, eve: 0 },
  { channel: "Eve on 10 %", noise: 0, eve: 0.1 },
  { channel: "Eve on 25 %", noise: 0, eve: 0.25 },
  { channel: "Eve on 50 %", noise: 0, eve: 0.5 },
  { channel: "Eve on 100 %", noise: 0, eve: 1 },
] as const;

interface Handshake {
  readonly tries: number;
  readonly qubits: number;
  /** Null: no key. */
  readonly result: RunResult | null;
  /** How the last run ended. */
  readonly code: QsecErrorCode | "keyed";
}

/** How often handshakes give a key, by profile and channel. They are seeded: the table is always the same. */
export function benchBb84(): void {
  for (const profile of Object.keys(PROFILES) as ProfileName[]) {
    printTable(
      `Simulated BB84 as a room runs it that begins with ${profile}: ${HANDSHAKES} seeded handshakes each`,
      CHANNELS.map(({ channel, ...setting }) => row(channel, handshakes(profile, setting))),
    );
  }
}

function handshakes(profile: ProfileName, setting: { readonly noise: number; readonly eve: number }): Handshake[] {
  return Array.from({ length: HANDSHAKES }, (_, index) => handshake(profile, setting, `bench ${index}`));
}

function handshake(
  first: ProfileName,
  setting: { readonly noise: number; readonly eve: number },
  seed: string,
): Handshake {
  let run: Run = { profile: first, qubits: PROFILES[first].defaultQubits };
  for (let tries = 1; ; tries++) {
    const { profile, qubits } = run;
    const outcome = finishRun(startRun({ ...setting, profile, qubitCount: qubits, seed: `${seed}/${tries}` }));
    if (outcome.code === "keyed") return { tries, qubits, result: outcome.alice, code: "keyed" };
    const { code } = outcome;
    const next = nextRun({ ...run, code, failures: tries, qber: expectedQber(setting), golayOnly: false });
    if (code === "QBER" || tries > RETRY_AFTER.length || next === null) return { tries, qubits, result: null, code };
    run = next;
  }
}

function row(channel: string, all: readonly Handshake[]): Row {
  const keyed = all.filter(({ result }) => result !== null);
  const share = (some: readonly unknown[]) => `${number((100 * some.length) / HANDSHAKES, 1)} %`;
  return {
    channel,
    "key at first try": share(keyed.filter(({ tries }) => tries === 1)),
    key: share(keyed),
    "too noisy": share(all.filter(({ code }) => code === "INSUFFICIENT" || code === "RECONCILE")),
    eavesdropper: share(all.filter(({ code }) => code === "QBER")),
    "other end": share(all.filter(({ code }) => !["keyed", "INSUFFICIENT", "RECONCILE", "QBER"].includes(code))),
    "qubits (median)": keyed.length === 0 ? "–" : number(median(keyed.map(({ qubits }) => qubits))),
    "secret bits (median)": keyed.length === 0 ? "–" : number(median(keyed.map(({ result }) => result!.secret))),
  };
}
