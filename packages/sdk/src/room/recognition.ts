import { base32crockford } from "@scure/base";
import { fromBase64url, toBase64url } from "../wire/base64url.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import { alarm } from "./alarm.js";
import type { IdentityChange } from "./events.js";
import type { Peer } from "./peer.js";
import { Pins, type Pin } from "./pins.js";
import { isLeading, type RoomState } from "./room-state.js";
import { rosterEntry } from "./views.js";

/**
 * Whether the others are who this device met before (protocol §11.1). The first authenticated sight of a name pins its
 * key; another key under that name is told, and stays told until a person answers. A pin makes nobody verified: only a
 * comparison with that very key does, which is remembered with the pin.
 */
export class Recognition {
  readonly #state: RoomState;
  /** Null where this device remembers nothing. */
  readonly #pins: Pins | null;
  readonly #told = new Set<string>();
  #changes: readonly IdentityChange[] = [];

  constructor(state: RoomState, pins: readonly Pin[] | null) {
    this.#state = state;
    this.#pins = pins === null ? null : new Pins(pins);
  }

  /** Members under a name that was pinned with another key, and no person has answered yet. */
  get changes(): readonly IdentityChange[] {
    return this.#changes;
  }

  /** What is to be remembered from now on, if that has changed since the last call. */
  take(): readonly Pin[] | null {
    return this.#pins?.take() ?? null;
  }

  /** A handshake has authenticated a peer under a name. */
  met(peer: Peer, name: string): void {
    const entry = rosterEntry(this.#state.epochs.current, peer.bytes);
    // A leader takes such a member out and calls it anew; to anybody else its leader may have lied.
    if (entry !== undefined && entry.name !== name && !isLeading(this.#state)) {
      const text = `${entry.name}, as the room's leader calls this member, signs as ${name}. Do not take it for either before you have compared emoji.`;
      alarm(this.#state.effects, peer, new QsecError("NAME", text));
    }
    if (peer.verifiedAs !== name) peer.verifiedAs = null; // what was compared was this key under another name
    const pin = this.#pins?.get(name);
    if (pin?.id === peer.id && pin.verified) peer.verifiedAs = name;
  }

  /** The person has compared emoji: from now on this is the key of that name. */
  compared(peer: Peer, name: string, now: number): void {
    const pin = this.#pins?.get(name);
    if (pin !== undefined && pin.id !== peer.id) this.#pins?.set(name, { id: peer.id, since: now, verified: false });
  }

  /** The person says that the emoji differ: what this device thought of that key does not hold. */
  rejected(peer: Peer, name: string): void {
    peer.verifiedAs = null;
    if (this.#pins?.get(name)?.id === peer.id) this.#pins.delete(name);
  }

  /** The person takes a changed key as it is. @throws QsecError `unknown_peer` */
  accept(id: MemberId, now: number): void {
    const change = this.#changes.find(({ peer }) => peer.id === id);
    if (change === undefined) throw new QsecError("unknown_peer", "No member with this id came with a changed key.");
    this.#pins!.set(change.peer.name, { id, since: now, verified: false });
  }

  /** Pins who is in the roster for the first time, and tells of keys that changed. */
  settle(now: number): void {
    const pins = this.#pins;
    if (pins === null) return;
    const changes: IdentityChange[] = [];
    for (const { id, name, member } of this.#authenticated()) {
      const pin = pins.get(name);
      const peer = this.#state.presence.get(id);
      if (pin !== undefined && pin.id !== id) {
        changes.push(identityChange(id, name, pin));
        this.#tell(changes.at(-1)!, peer ?? null);
      } else if (!member) {
        continue; // whoever is not let in yet is not worth a pin
      } else if (pin?.verified === true) {
        if (peer !== undefined) peer.verifiedAs = name;
      } else {
        // After a gate not before the other side has opened it too: else one side alone would have none the next time.
        const oneSided = peer?.pairing?.gate === "open" && !peer.pairing.active;
        const verified = peer?.verifiedAs === name && !oneSided;
        if (pin === undefined || verified) pins.set(name, { id, since: pin?.since ?? now, verified });
      }
    }
    this.#changes = changes;
  }

  /** Everybody whose name is signed: the roster, and who has a session and stands before a gate. */
  *#authenticated(): Iterable<{ id: MemberId; name: string; member: boolean }> {
    const { epochs, options, presence } = this.#state;
    for (const { id, name } of epochs.current?.commit.roster ?? []) {
      if (!equalBytes(id, options.self.id)) yield { id: toBase64url(id), name, member: true };
    }
    for (const { id, bytes, pairing } of presence.all) {
      if (pairing !== null && rosterEntry(epochs.current, bytes) === undefined)
        yield { id, name: pairing.name, member: false };
    }
  }

  #tell(change: IdentityChange, peer: Peer | null): void {
    const key = `${change.peer.id} ${change.pinned.code}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#state.effects.emit("identity:changed", change);
    const text = `${change.peer.name} has another key than before on this device. It may be a new device or a reload, or somebody else under this name.`;
    alarm(this.#state.effects, peer, new QsecError("CHANGED", text));
  }
}

function identityChange(id: MemberId, name: string, { id: pinned, since, verified }: Pin): IdentityChange {
  return { peer: { id, name }, code: identityCode(id), pinned: { code: identityCode(pinned), since, verified } };
}

/** The first 10 bytes of a public key in Crockford base32: short to read, and too long to look for a second key with it. */
function identityCode(id: MemberId): string {
  return base32crockford.encode(fromBase64url(id).subarray(0, 10)).match(/.{4}/g)!.join(" ");
}
