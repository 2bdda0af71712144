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
  AUDIT_DROPPED: ["rows"],
} as const;

export type AuditTag = keyof typeof TAG_FIELDS;
export type AuditFields<T extends AuditTag> = Readonly<Record<(typeof TAG_FIELDS)[T][number], string | number>>;

/**
 * Anything else is quoted: a space, a quote, a backslash, what controls, breaks or reorders a line, and letters that show
 * nothing, such as the Hangul fillers (default ignorable in Unicode's words) and the empty Braille cell.
 */
const PLAIN = /^[^\s"\\\p{C}\p{Z}\p{DI}\u2800]+$/u;
const ESCAPED = /["\\\p{C}\p{DI}\u2800]|[^ \P{Z}]/gu;

/** The one formatter: no value, whoever chose it, can end the line or look like another field. */
export function formatLine<T extends AuditTag>(tag: T, fields: AuditFields<T>): string {
  const names: readonly (keyof AuditFields<T> & string)[] = TAG_FIELDS[tag];
  return `[${tag}] ${names.map((name) => `${name}=${formatValue(fields[name])}`).join(" ")}`;
}

/** A line in its parts; undefined for what `formatLine` has not written. */
export function parseLine(
  line: string,
): { readonly tag: string; readonly fields: ReadonlyMap<string, string> } | undefined {
  const [head, tag] = /^\[([A-Z][A-Z0-9_]*)\] /.exec(line) ?? [];
  if (head === undefined) return undefined;
  const fields = new Map<string, string>();
  const field = /([a-z_]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"\\]+))(?: |$)/gy;
  field.lastIndex = head.length;
  while (field.lastIndex < line.length) {
    const [, name, quoted, plain] = field.exec(line) ?? [];
    if (name === undefined || fields.has(name)) return undefined;
    fields.set(name, plain ?? unescape(quoted));
  }
  return { tag, fields };
}

/** Text from the database for a terminal: what could control it is shown as its number. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029]/gu, escape);
}

function formatValue(value: string | number): string {
  const text = String(value);
  return PLAIN.test(text) ? text : `"${text.replace(ESCAPED, escape)}"`;
}

function escape(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

function unescape(text: string): string {
  return text.replace(/\\(?:u\{([0-9a-f]+)\}|(.))/gu, (_, code: string | undefined, character: string) =>
    code === undefined ? character : String.fromCodePoint(parseInt(code, 16)),
  );
}
