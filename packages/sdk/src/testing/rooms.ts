/** What tests of rooms in virtual time ask and do. */
import assert from "node:assert/strict";
import type { RoomEventMap } from "../room/events.js";
import { CONTENT_TYPE } from "../room/group-message.js";
import type { SealedMessage } from "../room/seal.js";
import { utf8 } from "../wire/bytes.js";
import type { QsecErrorCode } from "../wire/errors.js";
import { VirtualRelay, type VirtualMember } from "./virtual-room.js";

/** A room of the members with these names, in one epoch; the first leads. */
export async function roomOf(...names: string[]): Promise<{ relay: VirtualRelay; members: VirtualMember[] }> {
  const relay = new VirtualRelay();
  const members: VirtualMember[] = [];
  for (const name of names) members.push(await relay.join(name));
  await relay.advance(1_000);
  inOneEpoch(...members);
  return { relay, members };
}

/** All hold the same epoch, and its roster has just them. */
export function inOneEpoch(...members: VirtualMember[]): void {
  const codes = new Set(members.map(({ room }) => room.epoch?.roomCode));
  const seen = members.map(({ name, room }) => `${name} ${room.epoch?.number}`).join(", ");
  assert.equal(codes.size, 1, `epochs differ: ${seen}`);
  assert.equal(members[0].room.epoch?.members, members.length);
}

/** Says a text over the relay; resolves with its frame and number. */
export async function say(relay: VirtualRelay, from: VirtualMember, text: string): Promise<SealedMessage> {
  const sealed = await from.room.sealer.seal(CONTENT_TYPE.text, utf8(text), relay.now);
  const send = [{ event: "group_message", header: {}, frame: sealed.frame } as const];
  await relay.run(from, () => Promise.resolve({ send, events: [] }));
  from.room.sealer.taken(sealed, relay.now);
  return sealed;
}

/** The texts that a member has read so far. */
export function read(member: VirtualMember): string[] {
  return member.told.flatMap((event) => (event.name === "message" ? [event.detail.text] : []));
}

/** The codes of a member's security events so far. */
export function alarms(member: VirtualMember, level: "alarm" | "note" = "alarm"): QsecErrorCode[] {
  return member.told.flatMap((event) =>
    event.name === "security" && event.detail.level === level ? [event.detail.code] : [],
  );
}

/** What a member was told by events of that name. */
export function told<Name extends keyof RoomEventMap>(member: VirtualMember, name: Name): RoomEventMap[Name][] {
  return member.told.flatMap((event) => (event.name === name ? [event.detail as RoomEventMap[Name]] : []));
}

/** How often a member was told of an event of that name. */
export function times(member: VirtualMember, name: VirtualMember["told"][number]["name"]): number {
  return member.told.filter((event) => event.name === name).length;
}
