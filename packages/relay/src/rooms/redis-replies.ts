import type { MemberId } from "@qsec2/sdk/wire";
import type { Departure, Dropped, RoomList, Seat } from "./registry.js";

/** A member as the scripts keep it. */
interface StoredMember {
  readonly username: string;
  readonly resume: string;
  readonly plaintext: boolean;
  readonly joined: number;
  readonly sid?: string;
}

export interface StoredRoom extends RoomList {
  readonly seats: ReadonlyMap<MemberId, Seat>;
}

export type JoinRefusal = "id_taken" | "bad_expected" | "room_limit" | "room_full" | "name_taken";
/** The detail is the socket that was replaced, or the limit that was reached; the fields are those of the room. */
export type JoinReply = readonly [outcome: string, detail: string | number, fields?: readonly string[]];
export type DropReply = readonly [room: string, id: MemberId, fields: readonly string[]];
export type DepartReply = readonly [
  room: string,
  id: MemberId,
  member: string,
  leader: MemberId,
  fields: readonly string[],
];

export function readSeat(room: string, id: MemberId, json: string): Seat {
  const { username, resume, plaintext, sid } = JSON.parse(json) as StoredMember;
  return { room, id, username, resume, plaintext, sid };
}

/** @param fields names and values in turn, as `HGETALL` gives them. @throws when there is no such room */
export function readRoom(room: string, fields: readonly string[]): StoredRoom {
  const values = new Map<string, string>();
  const members: { readonly id: MemberId; readonly json: string; readonly joined: number }[] = [];
  for (let i = 0; i < fields.length; i += 2) {
    const [name, value] = [fields[i], fields[i + 1]];
    if (!name.startsWith("m:")) values.set(name, value);
    else members.push({ id: name.slice(2), json: value, joined: (JSON.parse(value) as StoredMember).joined });
  }
  if (members.length === 0) throw new Error("The room does not exist; a handler asked for it without a seat in it.");
  members.sort((a, b) => a.joined - b.joined);
  const seats = new Map(members.map(({ id, json }) => [id, readSeat(room, id, json)]));
  const list = {
    members: [...seats.values()].map(({ id, username, sid }) => ({ id, username, online: sid !== undefined })),
    leader: members[0].id,
    expected: Number(values.get("expected")),
  };
  return { list, version: Number(values.get("version")), seats };
}

export function readDrop([room, id, fields]: DropReply): Dropped {
  const { list, version, seats } = readRoom(room, fields);
  return { seat: seats.get(id)!, list, version };
}

export function readDeparture([room, id, member, leader, fields]: DepartReply): Departure {
  const seat = readSeat(room, id, member);
  if (fields.length === 0) return { seat, left: undefined };
  const { list, version, seats } = readRoom(room, fields);
  const newLeader = seats.get(leader);
  return { seat, left: { list, version }, ...(newLeader ? { newLeader } : {}) };
}
