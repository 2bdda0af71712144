import type { Initiator } from "../handshake/initiator.js";
import type { Rank } from "../handshake/messages.js";
import type { Outcome } from "../handshake/outcome.js";
import type { Responder } from "../handshake/responder.js";

/** A handshake in progress with one peer. */
export type Exchange = {
  /** What it is for: 1 a leader lets the peer in, 0 two members compare emoji. */
  readonly role: Rank["role"];
  /** Run number with this peer, from 1. */
  readonly attempt: number;
  /** Which qubit counts and profile it runs with. */
  readonly qubitCount: number;
  /** When the next message must have come. */
  deadline: number;
} & (
  | { readonly direction: "initiator"; readonly machine: Initiator }
  | { readonly direction: "responder"; readonly machine: Responder }
);

/** A handshake that is done. */
export interface Keyed {
  readonly outcome: Outcome;
  readonly direction: "initiator" | "responder";
  /** What it was for: 1 a leader lets the peer in, 0 two members compare emoji. */
  readonly role: Rank["role"];
}
