/** Random schedules of a room: people join, leave, are removed, drop out, re-key and talk. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { inOneEpoch, read, say } from "./rooms.js";
import { VirtualRelay, type VirtualMember } from "./virtual-room.js";

type Action =
  { readonly do: "join" | "rekey" } | { readonly do: "leave" | "crash" | "kick" | "say"; readonly who: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constantFrom("join" as const, "rekey" as const) }),
  fc.record({
    do: fc.constantFrom("leave" as const, "crash" as const, "kick" as const, "say" as const),
    who: fc.nat(7),
  }),
);

/** A room that people join, leave, are removed from and drop out of, and who of them is still in it. */
class Schedule {
  readonly relay = new VirtualRelay();
  /** Text → the identities that were in the sender's roster. */
  readonly said = new Map<string, ReadonlySet<string>>();
  live: VirtualMember[] = [];
  all: VirtualMember[] = [];
  #count = 0;

  async run({ do: what, ...rest }: Action): Promise<void> {
    const { relay, live } = this;
    const leader = live.find(({ room }) => room.isLeading);
    const who = "who" in rest && live.length > 0 ? live[rest.who % live.length] : undefined;
    if (what === "join" && live.length < 6) return this.#join();
    if (what === "rekey" && leader !== undefined) return relay.run(leader, (now) => leader.room.decisions.rekey(now));
    if (who === undefined) return;
    if (what === "say" && who.room.isReady(relay.now)) return this.#say(who);
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
    const text = `text ${this.said.size}`;
    const roster = member.room.members.filter(({ badge }) => badge !== "waiting").map(({ id }) => id);
    this.said.set(text, new Set(roster));
    await say(this.relay, member, text);
  }
}

function isInRoster(member: VirtualMember) {
  return ({ id, badge }: { readonly id: string; readonly badge: string }) => id === member.id && badge !== "waiting";
}

/**
 * P5: left alone for a minute, whoever is live is in one epoch. P6: nobody reads what was not sealed to them, or twice.
 * @param options how many schedules, and the seed they are drawn with; without one they are fresh
 */
export async function checkSchedules(options: { readonly numRuns: number; readonly seed?: number }): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 14 }), fc.nat(1_500), async (actions, pause) => {
      const schedule = new Schedule();
      for (const next of [{ do: "join" }, { do: "join" }, ...actions] as Action[]) {
        await schedule.run(next);
        await schedule.relay.advance(pause, 100);
      }
      await schedule.relay.advance(60_000, 250);
      inOneEpoch(...schedule.live);
      for (const member of schedule.all) {
        const texts = read(member);
        assert.equal(new Set(texts).size, texts.length);
        for (const text of texts) assert.ok(schedule.said.get(text)?.has(member.id), `${member.name} read ${text}`);
      }
    }),
    options,
  );
}
