import { toBase64url } from "../wire/base64url.js";
import { QsecError } from "../wire/errors.js";
import { alarm } from "./alarm.js";
import { rosterIndex } from "./epoch-commit.js";
import type { Epoch } from "./epoch.js";
import type { Freshness } from "./freshness.js";
import { dropPairing, type Peer } from "./peer.js";
import type { RoomState } from "./room-state.js";
import type { Succession } from "./succession.js";
import { entryPeer, epochView, pseudonyms, rosterDifference } from "./views.js";

/** Makes an epoch the current one here, whoever made it. */
export class EpochSwitch {
  readonly #state: RoomState;
  readonly #succession: Succession;
  readonly #freshness: Freshness;
  readonly #begun: (() => void)[] = [];
  /** When the current epoch became active on this device. */
  since = 0;

  constructor(state: RoomState, succession: Succession, freshness: Freshness) {
    this.#state = state;
    this.#succession = succession;
    this.#freshness = freshness;
  }

  /** Calls `begun` whenever an epoch has become the current one. */
  onSwitch(begun: () => void): void {
    this.#begun.push(begun);
  }

  /** Makes `next` current here and tells the application who came and went. */
  switchTo(next: Epoch, now: number): void {
    const { epochs, effects, presence } = this.#state;
    const turnedOn = epochs.current?.history === false && next.history;
    const before = epochs.current?.commit.roster ?? next.commit.roster;
    const roster = next.commit.roster;
    epochs.switchTo(next, now);
    this.since = now;
    this.#succession.settled();
    this.#freshness.begin(next, now);
    for (const begun of this.#begun) begun();
    for (const { id } of before) {
      const peer = presence.get(toBase64url(id));
      if (peer !== undefined && rosterIndex(roster, id) < 0) dropPairing(peer);
    }
    effects.emit("epoch", {
      ...epochView(next, now),
      reason: next.commit.reason,
      joined: rosterDifference(roster, before),
      left: rosterDifference(before, roster),
      leader: entryPeer(next.leader),
    });
    if (turnedOn) this.#warnOfHistory(next);
    this.#checkNames(next);
  }

  /** Whoever came into a room that keeps nothing must learn that it does from now on. */
  #warnOfHistory({ leader }: Epoch): void {
    const { effects, presence } = this.#state;
    const text = `${leader.name}, who leads this room, has turned its history on: from now on messages are kept.`;
    alarm(effects, presence.get(toBase64url(leader.id)) ?? null, new QsecError("HISTORY", text));
  }

  /** What the leader has signed must not differ from what the relay says, nor from what a member has signed itself. */
  #checkNames(epoch: Epoch): void {
    for (const { id, name } of epoch.commit.roster) {
      const peer = this.#state.presence.get(toBase64url(id));
      if (peer === undefined || peer.nameAlarmed) continue;
      const text = nameProblem(peer, name);
      if (text === null) continue;
      peer.nameAlarmed = true;
      alarm(this.#state.effects, peer, new QsecError("NAME", text));
    }
  }
}

function nameProblem({ bytes, relayName, pairing }: Peer, name: string): string | null {
  if (pairing !== null && pairing.name !== name)
    return `${name}, as the room's leader calls this member, has signed as ${pairing.name} here. Do not take it for either before you have compared emoji.`;
  const isKnown = relayName === "" || relayName === name || pseudonyms(bytes).includes(relayName);
  return isKnown ? null : "The relay shows this member under a name that is not its own.";
}
