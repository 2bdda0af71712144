/** A client that holds real keys and does with them what a test says: the insider, and whoever sits in the middle. */
import { PROFILES, simulatedChannel } from "../bb84/index.js";
import { secureRandom } from "../crypto/random.js";
import { identityOf } from "../crypto/signature.js";
import { Announcement, announceHash } from "../handshake/announce.js";
import { Initiator } from "../handshake/initiator.js";
import { decodeM1 } from "../handshake/messages.js";
import type { Outcome, Self } from "../handshake/outcome.js";
import { decodeRecord, type PairSession } from "../handshake/pair-session.js";
import { Responder } from "../handshake/responder.js";
import type { RoomContext } from "../handshake/room-secret.js";
import type { Held } from "../room/acceptance.js";
import { makeCommit } from "../room/commits.js";
import { commitHash, decodeCommit, type EpochReason } from "../room/epoch-commit.js";
import { Epoch } from "../room/epoch.js";
import { CONTENT_TYPE, encodeControl, sealGroupMessage, type ContentType } from "../room/group-message.js";
import { decodePing, encodePong } from "../room/records.js";
import { decodeShare, encodeShare, type Share } from "../room/share.js";
import type { Incoming, Outgoing, Transport } from "../transport/transport.js";
import { fromBase64url, toBase64url } from "../wire/base64url.js";
import { equalBytes, utf8 } from "../wire/bytes.js";
import type { MemberId } from "../wire/events.js";
import { KIND, type Kind } from "../wire/kinds.js";

/** An epoch that was made or received, with its room key. */
export interface Made {
  readonly share: Share;
  readonly held: Held;
}

export interface CommitSetting {
  /** Who is in it besides the puppet, which leads. */
  readonly members: readonly MemberId[];
  readonly current?: Held | null;
  readonly reason?: EpochReason;
  readonly rid?: Uint8Array;
  readonly history?: boolean;
  /** What it calls somebody, where that is not the name that they have signed. */
  readonly names?: Readonly<Record<MemberId, string>>;
  /** Who signs and stands first. */
  readonly self?: Self;
}

export class Puppet {
  /** Who it says it is. */
  self: Self;
  readonly id: MemberId;
  readonly sessions = new Map<MemberId, PairSession>();
  readonly outcomes = new Map<MemberId, Outcome>();
  /** The latest announce of each member. */
  readonly announces = new Map<MemberId, Uint8Array>();
  /** Every epoch that was shared with it, the newest last. */
  readonly shares: Made[] = [];
  readonly groupFrames: Uint8Array[] = [];
  /** Why its handshakes failed. */
  readonly failures: unknown[] = [];
  epoch: Epoch | null = null;
  held: Held | null = null;
  /** Whether it confirms every epoch that a member asks for, and not only its own. */
  confirmsAll = false;
  /** Changes the announcement before it is offered. */
  spoil: (announcement: Announcement) => void = () => {};
  readonly #room: RoomContext;
  readonly #transport: Transport;
  readonly #relayRoom: string;
  readonly #calls = new Map<MemberId, Initiator>();
  readonly #answers = new Map<MemberId, Responder>();
  #announcement: Announcement | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    name: string,
    room: RoomContext,
    transport: Transport,
    { seed = secureRandom(32), relayRoom = "testroom" } = {},
  ) {
    this.self = { seed, id: identityOf(seed), name };
    this.id = toBase64url(this.self.id);
    this.#room = room;
    this.#transport = transport;
    this.#relayRoom = relayRoom;
  }

  /** Enters the room under its own name or another, and offers itself to be called. */
  async join(username = this.self.name, announces = true): Promise<void> {
    await new Promise<void>((up) =>
      this.#transport.open({
        receive: (message) => {
          this.#queue = this.#queue.then(() => this.#receive(message)).catch((error) => this.failures.push(error));
        },
        up,
        down: () => {},
        problem: () => {},
      }),
    );
    const request = { version: 1, room: this.#relayRoom, username, id: this.id, expected: 16 } as const;
    const answer = await this.#transport.join(request);
    if (!answer.ok) throw new Error(`the puppet cannot join: ${answer.code}`);
    if (announces) await this.announce();
  }

  leave(): void {
    this.#transport.close();
  }

  async announce(): Promise<void> {
    this.#announcement = new Announcement(this.#room, this.self.id, secureRandom);
    this.spoil(this.#announcement);
    await this.send({ event: "announce_pubkey", header: {}, frame: this.#announcement.frame });
  }

  async send(message: Outgoing): Promise<void> {
    await this.#transport.send(message);
  }

  /** Calls a member whose announce is at hand; the session is there when all is settled. */
  async call(to: MemberId, role: 0 | 1 = 1, rank = { epoch: 0, members: 1 }): Promise<Uint8Array> {
    const { initiator, frame } = await Initiator.start({
      room: this.#room,
      self: this.self,
      announce: this.announces.get(to)!,
      rank: { role, ...rank },
      profile: PROFILES.golay,
      qubitCount: PROFILES.golay.defaultQubits,
      random: secureRandom,
    });
    this.#calls.set(to, initiator);
    await this.send({ event: "bb84_relay", header: { to }, frame });
    return frame;
  }

  /** A signed epoch. Nothing is sent, and the puppet itself stays where it is. */
  commit({
    members,
    current = this.held,
    reason = "join",
    rid = this.#room.rid,
    history = false,
    names = {},
    self = this.self,
  }: CommitSetting): Made {
    const gone = (current?.commit.roster ?? []).map(({ id }) => id);
    const add = members.map((id) => ({ id: fromBase64url(id), name: names[id] ?? this.nameOf(id) }));
    const { commit, share } = makeCommit({
      rid,
      self,
      current,
      reason,
      capacity: 16,
      history,
      ms: Date.now(),
      remove: gone,
      add,
      random: secureRandom,
    });
    return { share, held: { commit, hash: commitHash(share.commit) } };
  }

  nameOf(id: MemberId): string {
    const entry = this.held?.commit.roster.find((one) => toBase64url(one.id) === id);
    return entry?.name ?? this.outcomes.get(id)!.peer.name;
  }

  /** Makes an epoch its own. */
  hold({ share, held }: Made): void {
    this.held = held;
    this.epoch = this.epochAs(this.self, { share, held });
  }

  /** An epoch with all its Chains as any of its members would hold it: its room key is all that it takes. */
  epochAs({ id }: Pick<Self, "id">, { share, held }: Made): Epoch {
    return new Epoch(held.commit, share.commit, share.roomKey.slice(), id);
  }

  /** Commits an epoch of those it has sessions with, shares it and leads it. */
  async lead(members: readonly MemberId[], reason: EpochReason = "join"): Promise<Made> {
    const made = this.commit({ members, reason });
    this.hold(made);
    for (const to of members) await this.share(to, made.share);
    return made;
  }

  /** @param past epochs before it, the newest first */
  share(to: MemberId, share: Share, past: readonly Share[] = []): Promise<Uint8Array> {
    return this.record(to, KIND.SHARE, encodeShare(share, past), "roomkey_share");
  }

  /** Seals a record for a member and sends it on that event. */
  async record(
    to: MemberId,
    kind: Kind,
    content: Uint8Array,
    event: "roomkey_share" | "encrypted_message" = "encrypted_message",
  ): Promise<Uint8Array> {
    const frame = await this.sessions.get(to)!.seal(kind, content);
    await this.send({ event, header: { to }, frame });
    return frame;
  }

  /** Says a text to the room, honestly. */
  async say(text: string): Promise<Uint8Array> {
    return this.tell(CONTENT_TYPE.text, utf8(text));
  }

  /** Says anything to the room, also what no receiver takes. @param ms the time that it claims, milliseconds since 1970 */
  async tell(type: ContentType, body: Uint8Array, ms = Date.now()): Promise<Uint8Array> {
    const { frame } = await sealGroupMessage(this.epoch!, this.self.seed, { type, ms, body });
    await this.send({ event: "group_message", header: {}, frame });
    return frame;
  }

  /** Says goodbye under signature, a leader after naming its successor, and goes. */
  async depart(successor?: MemberId): Promise<void> {
    if (successor !== undefined)
      await this.tell(CONTENT_TYPE.control, encodeControl({ op: "yield", id: fromBase64url(successor) }));
    await this.bye();
    this.leave();
  }

  /** Says goodbye and stays. */
  async bye(): Promise<void> {
    await this.tell(CONTENT_TYPE.control, encodeControl({ op: "bye" }));
  }

  async #receive(message: Incoming): Promise<void> {
    switch (message.event) {
      case "pubkeys":
        for (const { from, frame } of message.entries) this.announces.set(from, frame);
        return undefined;
      case "bb84_signal":
        return this.#handshake(message.header.from, message.frame);
      case "roomkey_share":
        return this.#take(message.header.from, message.frame);
      case "encrypted_message":
        return this.#answerPing(message.header.from, message.frame);
      case "group_message":
        this.groupFrames.push(message.frame);
        return undefined;
      default:
        return undefined;
    }
  }

  async #handshake(from: MemberId, frame: Uint8Array): Promise<void> {
    const reply = (answer: Uint8Array) => this.send({ event: "bb84_relay", header: { to: from }, frame: answer });
    switch (frame[1]) {
      case KIND.M1: {
        const announcement = this.#announcement;
        if (announcement === null || !equalBytes(decodeM1(frame).announceHash, announceHash(announcement.frame)))
          return;
        this.#announcement = null;
        const { responder, frame: m2 } = await Responder.answer(frame, {
          room: this.#room,
          self: this.self,
          announcement,
          random: secureRandom,
          allows: () => true,
          channelFor: () => simulatedChannel({ noise: 0, eve: 0 }),
        });
        this.#answers.set(from, responder);
        return reply(m2);
      }
      case KIND.M2:
        return reply((await this.#calls.get(from)!.receiveBases(frame)).frame);
      case KIND.M3: {
        const { frame: m4, outcome } = await this.#answers.get(from)!.receiveSift(frame);
        this.#keyed(from, outcome);
        return reply(m4);
      }
      case KIND.M4:
        return this.#keyed(from, await this.#calls.get(from)!.receiveCheck(frame));
      default:
        return undefined;
    }
  }

  #keyed(from: MemberId, outcome: Outcome): void {
    this.outcomes.set(from, outcome);
    this.sessions.set(from, outcome.session);
  }

  async #take(from: MemberId, frame: Uint8Array): Promise<void> {
    const session = this.sessions.get(from)!;
    const share = await session.open(KIND.SHARE, frame, (content) => decodeShare(content.slice()));
    const made = { share, held: { commit: decodeCommit(share.commit), hash: commitHash(share.commit) } };
    this.shares.push(made);
    this.hold(made);
    await this.record(from, KIND.ACK, made.held.hash);
    await this.announce();
  }

  /** A leader confirms its epoch. */
  async #answerPing(from: MemberId, frame: Uint8Array): Promise<void> {
    const { kind, seq } = decodeRecord(frame);
    if (kind !== KIND.PING) return;
    const { hash, next } = await this.sessions.get(from)!.open(KIND.PING, frame, decodePing);
    if (this.held === null || !equalBytes(this.held.commit.roster[0].id, this.self.id)) return;
    const confirmed = this.confirmsAll ? hash : this.held.hash;
    await this.record(from, KIND.PONG, encodePong({ ping: seq, hash: confirmed, next, floor: next }));
  }
}
