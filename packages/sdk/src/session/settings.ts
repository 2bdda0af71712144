/** Checks the options of a session and fills in what was left out. */
import { PROFILES, simulatedChannel, type ProfileName } from "../bb84/index.js";
import { decodeRoomSecret } from "../handshake/room-secret.js";
import type { QkdOptions } from "../handshake/qkd.js";
import { RoomIdentity } from "../identity/room-identity.js";
import type { EpochKeyStore } from "../history/epoch-key-store.js";
import { indexedDbEpochKeys } from "../history/indexed-db-epoch-keys.js";
import type { ExchangeOptions } from "../room/exchange-host.js";
import { socketIoTransport } from "../transport/socket-io.js";
import type { Transport } from "../transport/transport.js";
import { QsecError } from "../wire/errors.js";
import { MODE, type Admission } from "../wire/kinds.js";
import { ROOM_MEMBERS_DEFAULT } from "../wire/limits.js";
import { checkRoomName, checkUsername } from "../wire/names.js";
import { checkExpected } from "../wire/schemas.js";
import type { QsecSessionOptions } from "./options.js";

export interface Settings {
  readonly transport: Transport;
  readonly room: string;
  readonly username: string;
  readonly expected: number;
  readonly admission: Admission;
  /** 32 bytes in `link` mode, else null; the session's own copy. */
  readonly secret: Uint8Array | null;
  readonly identity: RoomIdentity | null;
  readonly approve: boolean;
  readonly metadata: "named" | "minimal";
  readonly audit: "relay" | "off";
  readonly allowPlaintext: boolean;
  readonly history: { readonly on: boolean; readonly share: boolean; readonly store: EpochKeyStore | null };
  readonly exchange: ExchangeOptions;
}

const KNOWN: readonly (keyof QsecSessionOptions)[] = [
  "relay",
  "transport",
  "room",
  "username",
  "expected",
  "secret",
  "admission",
  "identity",
  "approve",
  "metadata",
  "audit",
  "allowPlaintext",
  "history",
  "shareHistory",
  "epochKeys",
  "profile",
  "qubits",
  "channel",
  "qkd",
];

/** Options of a session that only `QsecSession.open` can take: what is remembered has to be read first. */
const REMEMBERING: readonly string[] = ["remember", "identityStore", "allowWeakerAdmission"];

/** @throws QsecError `bad_option`, `bad_room`, `bad_username`, `bad_expected`, `bad_secret` */
export function checkOptions(options: QsecSessionOptions): Settings {
  if (typeof options !== "object" || options === null)
    throw badOption("A session needs options: relay, room, username and secret.");
  for (const name of Object.keys(options)) {
    if (REMEMBERING.includes(name))
      throw badOption(`The option '${name}' needs time to read: use \`await QsecSession.open(options)\`.`);
    if (!(KNOWN as readonly string[]).includes(name))
      throw badOption(`There is no option '${name}'. The options are: ${KNOWN.join(", ")}.`);
  }
  const admission = oneOf("admission", options.admission, Object.keys(MODE) as Admission[], "link");
  if (admission !== "link" && options.secret !== undefined)
    throw badOption(`A room secret belongs to admission "link", not to "${admission}".`);
  if (admission === "link" && options.secret === undefined) {
    throw new QsecError(
      "bad_secret",
      'A room secret is needed: pass `secret` (see createRoomSecret), or choose admission "verify" on purpose.',
    );
  }
  return {
    room: checkRoomName(options.room),
    username: checkUsername(options.username),
    expected: checkExpected(options.expected ?? ROOM_MEMBERS_DEFAULT),
    admission,
    secret: options.secret === undefined ? null : decodeRoomSecret(options.secret),
    identity: checkIdentity(options.identity, options.room, admission),
    approve: checkApprove(options.approve, admission),
    metadata: oneOf("metadata", options.metadata, ["named", "minimal"], "named"),
    audit: oneOf("audit", options.audit, ["relay", "off"], "relay"),
    allowPlaintext: flag("allowPlaintext", options.allowPlaintext),
    history: checkHistory(options),
    exchange: checkExchange(options),
    transport: options.transport ?? socketIoTransport(checkRelay(options.relay)),
  };
}

function checkExchange({ profile: name, qubits, channel, qkd }: QsecSessionOptions): ExchangeOptions {
  const profile = PROFILES[oneOf<ProfileName>("profile", name, ["golay", "ldpc", "classic"], "golay")];
  if (qubits !== undefined && !profile.isValidQubitCount(qubits)) {
    throw badOption(
      `'qubits' must fit the profile: 128 for classic; a multiple of 128 from 1024 to ${PROFILES.golay.maxQubits} for golay, from 4096 to ${PROFILES.ldpc.maxQubits} for ldpc.`,
    );
  }
  simulatedChannel({ noise: channel?.noise ?? 0, eve: channel?.eve ?? 0 }); // throws on what is out of range
  return {
    profile: profile.name,
    qubits: qubits ?? null,
    noise: channel?.noise ?? null,
    eve: channel?.eve ?? 0,
    qkd: qkd === undefined ? null : checkQkd(qkd),
  };
}

function checkQkd({ source, policy }: QkdOptions): QkdOptions {
  if (typeof source?.fresh !== "function" || typeof source.byId !== "function")
    throw badOption("'qkd' needs a `source` of keys, for instance etsi014KeySource().");
  return { source, policy: oneOf<"prefer" | "require">("qkd.policy", policy, ["prefer", "require"], "require") };
}

function checkIdentity(identity: unknown, room: string, admission: Admission): RoomIdentity | null {
  if (identity === undefined) return null;
  if (!(identity instanceof RoomIdentity)) throw badOption("'identity' must come from openIdentity().");
  if (identity.place.room !== room || identity.place.admission !== admission)
    throw badOption("This identity belongs to another room, or to another admission mode of it.");
  return identity;
}

function checkApprove(approve: boolean | undefined, admission: Admission): boolean {
  const chosen = flag("approve", approve);
  if (chosen && admission === "verify")
    throw badOption("In a room with admission \"verify\" emoji are compared with everybody; 'approve' adds nothing.");
  return chosen;
}

function flag(name: string, value: boolean | undefined): boolean {
  if (value !== undefined && typeof value !== "boolean") throw badOption(`'${name}' must be true or false.`);
  return value ?? false;
}

function checkHistory({ history = false, shareHistory = false, epochKeys }: QsecSessionOptions): Settings["history"] {
  if (typeof history !== "boolean" || typeof shareHistory !== "boolean")
    throw badOption("'history' and 'shareHistory' must be true or false.");
  // On the disk only where somebody asked for it: who joins a room that keeps messages has not, by that alone.
  const isLasting = history && globalThis.indexedDB !== undefined;
  return { on: history, share: shareHistory, store: epochKeys ?? (isLasting ? indexedDbEpochKeys() : null) };
}

function checkRelay(relay: string | undefined): string {
  if (relay === undefined) throw badOption("The option 'relay' is needed, for instance https://relay.example.");
  const url = URL.canParse(relay) ? new URL(relay) : null;
  if (url === null || !/^(https?|wss?):$/.test(url.protocol))
    throw badOption("The option 'relay' must be an http or https address.");
  return url.origin === "null" ? `${url.protocol}//${url.host}` : url.origin;
}

function oneOf<T extends string>(name: string, value: T | undefined, allowed: readonly T[], otherwise: T): T {
  if (value === undefined) return otherwise;
  if (!allowed.includes(value)) throw badOption(`'${name}' must be one of: ${allowed.join(", ")}.`);
  return value;
}

function badOption(message: string): QsecError {
  return new QsecError("bad_option", message);
}
