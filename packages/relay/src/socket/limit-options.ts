/** What a relay lets in and how much of it, as far as an operator may choose. */
export interface LimitOptions {
  /**
   * Let clients begin with HTTP long-polling, for networks that break WebSockets. Several relays behind one address then
   * need a proxy that keeps a client with its relay. @default false
   */
  readonly allowPolling?: boolean;
  /**
   * Names by which the relay is reached, such as `chat.example`; requests for another one are refused. Without any, a
   * relay that is reached over this machine's own address takes `localhost` and IP addresses alone (any name behind a
   * proxy, see `trustProxy`), and one that is reached from elsewhere takes any name. @default []
   */
  readonly hosts?: readonly string[];
  /** KiB of the largest packet, 384 to 16384. The largest of the protocol has 342. @default 512 */
  readonly maxPayload?: number;
  /** How many sockets may be open at once. @default 20000 */
  readonly maxConnections?: number;
  /**
   * How many sockets one address may have open; of IPv6 the first 64 bits are one address. This and the other limits by
   * address do not hold for this machine's own address. @default 256
   */
  readonly maxPerAddress?: number;
  /** Messages a second that a socket may send in the long run, and twice as many at once. @default 100 */
  readonly rate?: number;
  /** Joins a minute that a socket may try. @default 20 */
  readonly joinRate?: number;
  /** All sockets of one address together may send and join so many times as often as one. @default 10 */
  readonly addressFactor?: number;
  /** MiB that may wait for a reader who is slow; then it is cut. @default 8 */
  readonly maxBacklog?: number;
  /** Milliseconds that a socket may stay outside of any room. @default 30000 */
  readonly joinDeadline?: number;
  /** Seconds after which a socket that has sent no event is cut. @default 86400 */
  readonly idle?: number;
  /** Seconds between two looks whether a socket is alive; it has two thirds of it to answer. 0.05 to 25. @default 15 */
  readonly heartbeat?: number;
}

export type LimitSettings = Required<LimitOptions>;

export const LIMIT_DEFAULTS = {
  allowPolling: false,
  hosts: [],
  maxPayload: 512,
  maxConnections: 20_000,
  maxPerAddress: 256,
  rate: 100,
  joinRate: 20,
  addressFactor: 10,
  maxBacklog: 8,
  joinDeadline: 30_000,
  idle: 86_400,
  heartbeat: 15,
} as const satisfies LimitSettings;

/** Smallest and largest value of each number. Packets: a room key for 64 members, 256 KiB as base64url, must fit. */
export const LIMIT_RANGES = {
  maxPayload: [384, 16_384],
  maxConnections: [1, 1_000_000],
  maxPerAddress: [1, 1_000_000],
  rate: [1, 100_000],
  joinRate: [1, 100_000],
  addressFactor: [1, 1_000],
  maxBacklog: [1, 1_024],
  joinDeadline: [1, 3_600_000],
  idle: [1, 2_592_000],
  heartbeat: [0.05, 25],
} as const satisfies Partial<Record<keyof LimitSettings, readonly [min: number, max: number]>>;
