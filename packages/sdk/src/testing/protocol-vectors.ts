import { readFileSync } from "node:fs";
import type { RandomBytes } from "../crypto/random.js";
import { drbg } from "./drbg.js";

/** The protocol's own test vectors, which any implementation must reproduce byte for byte. */
export interface ProtocolVectors {
  readonly room: {
    S: string;
    name: string;
    rid: string;
    psk: string;
    handle: string;
    invite: string;
    named: { user: string };
    minimal: { room: string; user: string };
  };
  readonly identities: { alice_seed: string; bob_seed: string };
  readonly handshakes: Readonly<Record<"golay" | "classic" | "verify" | "open", HandshakeVector>>;
  readonly epoch: {
    room_key: string;
    commit: string;
    kc: string;
    h: string;
    kid: string;
    sig: string;
    share_content: string;
    share_record: string;
    sender_chains: string[];
    group_frame: string;
    event_body: string;
    event_frame: string;
  };
  readonly frames: { want: string; abort_profile: string };
  readonly file: { digest: string; fk: string; salt: string; context: string; blob: string };
  readonly padme: [number, number][];
  readonly golay: { patterns: number; syndromes: [number, number][] };
}

export interface HandshakeVector extends Readonly<Record<string, unknown>> {
  drbg_prefix: string;
  mode: number;
  name?: string;
  rid: string;
  psk: string;
  profile: number;
  N: number;
  id_A: string;
  id_B: string;
  n_A: string;
  n_B: string;
  c_B: string;
  AN: string;
  M1: string;
  ss: string;
  ck0: string;
  th1: string;
  sid: string;
  M2: string;
  th3: string;
  M3: string;
  th4: string;
  M4: string;
  matched: number;
  sample: number;
  errors: number;
  K_bb84: string;
  ck1: string;
  th5: string;
  session_chain_AB: string;
  session_chain_BA: string;
  sas: number[];
  emoji: string[];
}

const file = new URL("../../../../docs/vectors/qsec2-v1.json", import.meta.url);

export const PROTOCOL_VECTORS = JSON.parse(readFileSync(file, "utf8")) as ProtocolVectors;

/** The generator that a party of a scenario draws from. */
export function vectorRandom(vector: HandshakeVector, party: "alice" | "bob"): RandomBytes {
  return drbg(`QSEC2 v1 vectors/${vector.drbg_prefix}${party}`);
}
