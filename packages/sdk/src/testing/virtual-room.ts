/** Rooms of several members over a relay in memory with a clock that the test moves: nothing sleeps. */
import { PROFILES, type ProfileName } from "../bb84/index.js";
import { Access } from "../room/access.js";
import type { StepResult } from "../room/effects.js";
import { Room } from "../room/room.js";
import type { RoomEventMap } from "../room/events.js";
import type { Outgoing } from "../transport/transport.js";
import type { Admission } from "../wire/kinds.js";
import { toBase64url } from "../wire/base64url.js";
import type { MemberId, UserList } from "../wire/events.js";
import { drbg } from "./drbg.js";
import { testAccess, testSelf } from "./members.js";

type Told = { [Name in keyof RoomEventMap]: { name: Name; detail: RoomEventMap[Name] } }[keyof RoomEventMap];

export interface VirtualMember {
  readonly id: MemberId;
  readonly name: string;
  readonly room: Room;
  /** Every event so far. */
  readonly told: Told[];
}

/** A frame on its way from one member to another. */
export interface Passing {
  readonly from: VirtualMember;
  readonly to: VirtualMember;
  readonly message: Extract<Outgoing, { readonly frame: Uint8Array }>;
}

export class VirtualRelay {
  now = 1_767_225_600_000;
  /** What the relay does to a message on its way: pass it (true), or not. */
  passes: (passing: Passing) => boolean = () => true;
  /** What arrives in its place. */
  route: (passing: Passing) => readonly Passing[] = (passing) => [passing];
  /** Which of so many frames that are on their way arrives next. */
  pick: (count: number) => number = () => 0;
  /** Sees every message that a member hands over. */
  onSent: (from: VirtualMember, message: Outgoing) => void = () => {};
  /** Sees every random draw of a member. */
  onDraw: (bytes: Uint8Array) => void = () => {};
  /** Whether leaders approve who joins. */
  approve = false;
  /** What leaders run when they call. */
  profile: ProfileName = "classic";
  /** Noise of every member's simulated channel, 0 … 0.5. */
  noise = 0;
  readonly #admission: Admission;
  readonly #announces = new Map<VirtualMember, Uint8Array>();
  #members: VirtualMember[] = [];
  readonly #passing: Passing[] = [];

  constructor(admission: Admission = "link") {
    this.#admission = admission;
  }

  /** A member that has joined, with everything delivered that follows at once. */
  async join(name: string, capacity = 8, secret?: Uint8Array): Promise<VirtualMember> {
    const self = { ...testSelf(name), seed: testSelf(name).seed.slice() };
    const room = new Room({
      access: secret === undefined ? testAccess(this.#admission) : new Access("link", "testroom", secret),
      approve: this.approve,
      allowPlaintext: false,
      self,
      exchange: {
        profile: this.profile,
        qubits: PROFILES[this.profile].defaultQubits,
        noise: this.noise,
        eve: 0,
        qkd: null,
      },
      capacity,
      audit: false,
      random: this.#randomOf(name),
    });
    const member: VirtualMember = { id: toBase64url(self.id), name, room, told: [] };
    this.#members.push(member);
    await this.run(member, (now) => room.joined(this.#list(), false, now));
    for (const other of this.#others(member)) await this.#tellList(other);
    const entries = [...this.#announces].map(([from, frame]) => ({ from: from.id, frame }));
    await this.run(member, (now) => room.receive({ event: "pubkeys", entries }, now));
    return member;
  }

  /** The relay says that a member has left for good. */
  async depart(member: VirtualMember): Promise<void> {
    this.#members = this.#others(member);
    this.#announces.delete(member);
    for (const other of this.#members) await this.#tellList(other, member.id);
  }

  /** Runs a step of a member and puts what it sends on the way. */
  async run(member: VirtualMember, step: (now: number) => Promise<StepResult>): Promise<void> {
    const { send, events } = await step(this.now);
    member.told.push(...events);
    for (const message of send) this.#accept(member, message);
  }

  /** Puts a frame of the relay's own on the way to a member, as if it came from another. */
  async inject(from: MemberId, to: VirtualMember, frame: Uint8Array): Promise<void> {
    await this.run(to, (now) => to.room.receive({ event: "bb84_signal", header: { from }, frame }, now));
  }

  /** Delivers until nothing is on the way. */
  async settle(): Promise<void> {
    while (this.#passing.length > 0) {
      const [next] = this.#passing.splice(this.pick(this.#passing.length), 1);
      if (this.passes(next)) for (const passing of this.route(next)) await this.#deliver(passing);
    }
  }

  /**
   * Lets time pass, delivering and waking members when they ask for it.
   * @param step the shortest time between two wake-ups
   */
  async advance(milliseconds: number, step = 100): Promise<void> {
    const end = this.now + milliseconds;
    for (await this.settle(); this.now < end; await this.settle()) {
      const wakes = this.#members.map(({ room }) => room.nextWake() ?? Number.POSITIVE_INFINITY);
      this.now = Math.min(end, Math.max(this.now + step, Math.min(...wakes)));
      for (const member of this.#members) await this.run(member, (now) => member.room.tick(now));
    }
  }

  #randomOf(name: string): (length: number) => Uint8Array {
    const random = drbg(`room of ${name} ${this.now}`);
    return (length) => {
      const bytes = random(length);
      this.onDraw(bytes);
      return bytes;
    };
  }

  #accept(from: VirtualMember, message: Outgoing): void {
    this.onSent(from, message);
    if (!("frame" in message)) return;
    const to = "to" in message.header ? message.header.to : undefined;
    if (message.event === "announce_pubkey" && to === undefined) this.#announces.set(from, message.frame);
    for (const member of this.#others(from)) {
      if (to === undefined || to === member.id) this.#passing.push({ from, to: member, message });
    }
  }

  async #deliver(passing: Passing): Promise<void> {
    const { from, to, message } = passing;
    if (!this.#members.includes(to)) return;
    const frame = message.frame.slice();
    await this.run(to, (now) => {
      if (message.event === "announce_pubkey")
        return to.room.receive({ event: "pubkeys", entries: [{ from: from.id, frame }] }, now);
      if (message.event === "relay")
        return to.room.receive({ event: "relay", header: { from: from.id, ...message.header }, frame }, now);
      const { event: sent } = message;
      const event = sent === "bb84_relay" ? "bb84_signal" : sent === "store_encrypted" ? "group_message" : sent;
      return to.room.receive({ event, header: { from: from.id }, frame }, now);
    });
  }

  async #tellList(member: VirtualMember, departed?: MemberId): Promise<void> {
    const list = { ...this.#list(), ...(departed === undefined ? {} : { departed }) };
    await this.run(member, (now) => member.room.receive({ event: "user_list", list }, now));
  }

  #list(): UserList {
    const members = this.#members.map(({ id, name }) => ({ id, username: name, online: true }));
    return { members, leader: members[0].id, expected: 8 };
  }

  #others(member: VirtualMember): VirtualMember[] {
    return this.#members.filter((other) => other !== member);
  }
}
