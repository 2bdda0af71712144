/**
 * The lines of the audit log: `[TAG] key=value …`, for instance `[USER_JOIN] room=testroom user=bob`. Their form is a
 * public contract that programs read, so every tag has its fields here, in their order.
 */
export const TAG_FIELDS = {
  ROOM_CREATED: ["room", "leader", "expected"],
  USER_JOIN: ["room", "user"],
  ROOM_READY: ["room", "members"],
  PUBKEY_ANNOUNCED: ["user"],
  BB84_INIT: ["from", "to", "length"],
  BB84_SIFTING_COMPLETE: ["matched_bits"],
  BB84_SESSION_KEY: ["user", "peer", "qber"],
  BB84_ABORTED: ["user", "peer", "code", "qber"],
  ROOMKEY_GENERATED: ["by", "size"],
  ROOMKEY_ENCRYPTED: ["to", "method"],
  ROOMKEY_DECRYPTED: ["user"],
  MSG_ENCRYPTED: ["user", "iv_len"],
  MSG_STORED: ["room", "sender"],
  MSG_RELAYED: ["room", "sender"],
  MSG_DECRYPTED: ["user"],
  PLAINTEXT_RELAYED: ["room", "sender"],
  FILE_STORED: ["room", "user", "parts", "bytes"],
  FILE_EXPIRED: ["room", "parts", "bytes"],
  USER_LEAVE: ["room", "user"],
  KEY_DESTROYED: ["user"],
  LEADER_CHANGED: ["room", "leader"],
  ROOM_TERMINATED: ["room"],
} as const;

export type AuditTag = keyof typeof TAG_FIELDS;
export type AuditFields<T extends AuditTag> = Readonly<Record<(typeof TAG_FIELDS)[T][number], string | number>>;

/** Anything else is quoted: a space, a quote, a backslash, or what controls, breaks or reorders a line. */
const PLAIN = /^[^\s"\\\p{C}\p{Z}]+$/u;
const ESCAPED = /["\\\p{C}]|[^ \P{Z}]/gu;

/** The one formatter: no value, whoever chose it, can end the line or look like another field. */
export function formatLine<T extends AuditTag>(tag: T, fields: AuditFields<T>): string {
  const names: readonly (keyof AuditFields<T> & string)[] = TAG_FIELDS[tag];
  return `[${tag}] ${names.map((name) => `${name}=${formatValue(fields[name])}`).join(" ")}`;
}

function formatValue(value: string | number): string {
  const text = String(value);
  return PLAIN.test(text) ? text : `"${text.replace(ESCAPED, escape)}"`;
}

function escape(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
