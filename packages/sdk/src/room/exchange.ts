import type { Initiator } from "../handshake/initiator.js";
import type { Responder } from "../handshake/responder.js";

/** A handshake in progress with one peer. */
export type Exchange = {
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
