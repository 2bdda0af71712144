import { ANNOUNCE_BYTES, toBase64url, type MemberId } from "@qsec2/sdk/wire";

/** Frames that look right to a relay, which must not care about more: version, kind, and `fill` for the rest. */
export function fakeFrame(kind: number, bytes: number, fill = 0xa5): string {
  const frame = new Uint8Array(bytes).fill(fill);
  frame[0] = 1;
  frame[1] = kind;
  return toBase64url(frame);
}

export function fakeAnnounce(fill = 0x5a): string {
  return fakeFrame(1, ANNOUNCE_BYTES, fill);
}

/** A member id; one for each number. */
export function fakeId(number: number): MemberId {
  const key = new Uint8Array(32).fill(7);
  new DataView(key.buffer).setUint32(0, number);
  return toBase64url(key);
}
