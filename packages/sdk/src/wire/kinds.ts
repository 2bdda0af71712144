/** The `u8 kind` of a frame. A frame of one kind on the socket event of another is refused (KIND). */
export const KIND = {
  M1: 0x01,
  M2: 0x02,
  M3: 0x03,
  M4: 0x04,
  WANT: 0x05,
  ABORT: 0x0f,
  SHARE: 0x10,
  ACK: 0x11,
  PING: 0x12,
  PONG: 0x13,
  DIRECT: 0x14,
  GROUP: 0x20,
} as const;
/** What kind of frame it is: its second byte. */
export type Kind = (typeof KIND)[keyof typeof KIND];

/** Which kinds may travel on which socket event. The announce has no kind byte. */
export const EVENT_KINDS = {
  bb84_relay: [KIND.M1, KIND.M2, KIND.M3, KIND.M4, KIND.WANT, KIND.ABORT],
  roomkey_share: [KIND.SHARE],
  encrypted_message: [KIND.ACK, KIND.PING, KIND.PONG, KIND.DIRECT],
  group_message: [KIND.GROUP],
  relay: [KIND.GROUP],
  store_encrypted: [KIND.GROUP],
} as const satisfies Record<string, readonly Kind[]>;
/** Events with a sealed frame. */
export type SealedEvent = keyof typeof EVENT_KINDS;

/** Admission modes: how a peer proves that it belongs. The byte stands in the announce. */
export const MODE = { link: 1, verify: 2, open: 3 } as const;
/** How people are let into a room (`docs/protocol.md`, 4). */
export type Admission = keyof typeof MODE;
