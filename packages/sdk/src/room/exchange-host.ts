import { PROFILES, simulatedChannel, type Profile, type ProfileName, type QuantumChannel } from "../bb84/index.js";
import type { RandomBytes } from "../crypto/random.js";
import type { Rank } from "../handshake/messages.js";
import type { Self } from "../handshake/outcome.js";
import type { QkdOptions } from "../handshake/qkd.js";
import type { RoomContext } from "../handshake/room-secret.js";
import type { Effects } from "./effects.js";
import type { Keyed } from "./exchange.js";
import type { Run } from "./next-run.js";
import type { Peer } from "./peer.js";

export interface ExchangeOptions {
  readonly profile: ProfileName;
  /** Qubits of the first run, or null for the profile's default. */
  readonly qubits: number | null;
  /** Null: the profile's default. */
  readonly noise: number | null;
  readonly eve: number;
  /** Keys from quantum hardware; null: none. */
  readonly qkd: QkdOptions | null;
}

/** What the room says to handshakes: as what they are begun, whether they are answered, and what becomes of them. */
export interface ExchangeOutcomes {
  /** This member's claim in a call that lets a peer in. */
  rank(): Rank;
  /** Why the call behind this M1 is not answered, or null. */
  refusal(peer: Peer, rank: Rank): "OUTRANKED" | "NOT_MEMBER" | null;
  keyed(peer: Peer, keyed: Keyed, now: number): void;
  /** The session with a peer has ended before a room key went through it. */
  unpaired(peer: Peer): void;
}

/** What the exchanges need of the room around them. */
export interface ExchangeHost {
  readonly outcomes: ExchangeOutcomes;
  readonly room: RoomContext;
  readonly self: Self;
  readonly random: RandomBytes;
  readonly effects: Effects;
  readonly options: ExchangeOptions;
  peers(): Iterable<Peer>;
  /** Whether the current roster has this peer. */
  isMember(peer: Peer): boolean;
}

/** The simulated fibre and detector of this side. */
export function channelFor({ noise, eve }: ExchangeOptions, profile: Profile): QuantumChannel {
  return simulatedChannel({ noise: noise ?? profile.defaultNoise, eve });
}

/** `golay` and `ldpc` are taken by everyone; the textbook's profile, which corrects nothing, only where it was chosen here too. */
export function allows(options: ExchangeOptions, profile: Profile): boolean {
  return profile.name !== "classic" || options.profile === "classic";
}

/** What this side runs with a peer when it calls: what the run before it leads to, or what the options say. */
export function runFor(options: ExchangeOptions, { nextRun }: Peer): Run {
  if (nextRun !== null) return nextRun;
  const { profile, qubits } = options;
  return { profile, qubits: qubits ?? PROFILES[profile].defaultQubits };
}
