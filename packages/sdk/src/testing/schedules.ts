/** Random schedules of a room: people join, leave, are removed, drop out, re-key and talk. */
import fc from "fast-check";
import { say } from "./rooms.js";
import { VirtualRelay, type VirtualMember } from "./virtual-room.js";

export type Action =
  { readonly do: "join" | "rekey" } | { readonly do: "leave" | "crash" | "kick" | "say"; readonly who: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constantFrom("join" as const, "rekey" as const) }),
  fc.record({
    do: fc.constantFrom("leave" as const, "crash" as const, "kick" as const, "say" as const),
    who: fc.nat(7),
  }),
);

/** What happens in a room, in order: some actions, with so many milliseconds between them. */
export const schedules = fc.record(
  { actions: fc.array(action, { minLength: 2, maxLength: 10 }), pause: fc.nat(1_500) },
  { noNullPrototype: true },
);

/** A text, and who could read it when it was sealed. */
export interface Sealed {
  readonly from: string;
  readonly epoch: number;
  readonly seq: number;
  /** The identities in the sender's roster. */
  readonly readers: ReadonlySet<string>;
}

/** A room that people join, leave, are removed from and drop out of, and who of them is still in it. */
export class Schedule {
  readonly relay = new VirtualRelay();
  readonly said = new Map<string, Sealed>();
  live: VirtualMember[] = [];
  all: VirtualMember[] = [];
  #count = 0;

  /** Two people meet, then all of that happens. */
  async play({ actions, pause }: { readonly actions: readonly Action[]; readonly pause: number }): Promise<void> {
    for (const next of [{ do: "join" }, { do: "join" }, ...actions] as Action[]) {
      await this.#act(next);
      await this.relay.advance(pause, 100);
    }
  }

  async #act({ do: what, ...rest }: Action): Promise<void> {
    const { relay, live } = this;
    const leader = live.find(({ room }) => room.isLeading);
    const who = "who" in rest && live.length > 0 ? live[rest.who % live.length] : undefined;
    if (what === "join" && live.length < 6) return this.#join();
    if (what === "rekey" && leader !== undefined) return relay.run(leader, (now) => leader.room.decisions.rekey(now));
    if (who === undefined) return;
    if (what === "say" && who.room.sealer.isReady(relay.now)) return this.#say(who);
    if (live.length < 2) return;
    if (what === "leave") await relay.run(who, (now) => who.room.leave(now));
    if (what === "kick") {
      if (leader === undefined || who === leader || !leader.room.members.some(isInRoster(who))) return;
      await relay.run(leader, (now) => leader.room.decisions.kick(who.id, now));
      await relay.advance(500);
    }
    if (what !== "say") {
      await relay.settle();
      await relay.depart(who);
      this.live = live.filter((member) => member !== who);
    }
  }

  async #join(): Promise<void> {
    const secret = this.live.find(({ room }) => room.isLeading)?.room.secret ?? this.live[0]?.room.secret ?? undefined;
    const member = await this.relay.join(`m${this.#count++}`, 16, secret?.slice());
    this.live.push(member);
    this.all.push(member);
  }

  async #say(member: VirtualMember): Promise<void> {
    const text = `said in confidence, number ${this.said.size}`;
    const roster = member.room.members.filter(({ badge }) => badge !== "waiting").map(({ id }) => id);
    const { seq } = await say(this.relay, member, text);
    this.said.set(text, { from: member.id, epoch: member.room.epoch!.number, seq, readers: new Set(roster) });
  }
}

function isInRoster(member: VirtualMember) {
  return ({ id, badge }: { readonly id: string; readonly badge: string }) => id === member.id && badge !== "waiting";
}
