/** Real sessions over a relay in memory, and ways to wait for what they tell. */
import { createRoomSecret } from "../handshake/room-secret.js";
import type { IdentityStore } from "../identity/identity-store.js";
import type { QsecSessionEventMap } from "../session/events.js";
import type { OpenSessionOptions, QsecSessionOptions } from "../session/options.js";
import { QsecSession } from "../session/session.js";
import type { MemoryRelay } from "../transport/memory.js";
import { QsecError } from "../wire/errors.js";

const open: QsecSession[] = [];

/** Ends every session that a test has made. */
export function destroyAll(): void {
  for (const session of open.splice(0)) session.destroy();
}

export const secret = createRoomSecret();

export function member(relay: MemoryRelay, username: string, options: Partial<QsecSessionOptions> = {}): QsecSession {
  const session = new QsecSession({
    transport: relay.transport(),
    room: "testroom",
    username,
    secret,
    channel: { noise: 0 },
    ...options,
  });
  open.push(session);
  return session;
}

export function verifyMember(
  relay: MemoryRelay,
  username: string,
  options: Partial<QsecSessionOptions> = {},
): QsecSession {
  const session = new QsecSession({
    transport: relay.transport(),
    room: "testroom",
    username,
    admission: "verify",
    channel: { noise: 0 },
    ...options,
  });
  open.push(session);
  return session;
}

/** A member that is remembered in this store. */
export async function remembered(
  relay: MemoryRelay,
  username: string,
  identityStore: IdentityStore,
  options: Partial<OpenSessionOptions> = {},
): Promise<QsecSession> {
  const session = await QsecSession.open({
    transport: relay.transport(),
    room: "testroom",
    username,
    channel: { noise: 0 },
    ...((options.admission ?? "link") === "link" ? { secret } : {}),
    remember: true,
    identityStore,
    ...options,
  });
  open.push(session);
  return session;
}

export function next<Name extends keyof QsecSessionEventMap>(
  session: QsecSession,
  name: Name,
  accept: (detail: QsecSessionEventMap[Name]) => boolean = () => true,
): Promise<QsecSessionEventMap[Name]> {
  return new Promise((resolve) => {
    const listener = (event: CustomEvent<QsecSessionEventMap[Name]>) => {
      if (!accept(event.detail)) return;
      session.removeEventListener(name, listener);
      resolve(event.detail);
    };
    session.addEventListener(name, listener);
  });
}

export function collect<Name extends keyof QsecSessionEventMap>(
  session: QsecSession,
  name: Name,
): QsecSessionEventMap[Name][] {
  const details: QsecSessionEventMap[Name][] = [];
  session.addEventListener(name, (event) => void details.push(event.detail));
  return details;
}

export const code = (expected: string) => (error: unknown) => error instanceof QsecError && error.code === expected;

/** Connects the members in order, the first as leader, and waits until all share a key. */
export async function together(...sessions: QsecSession[]): Promise<void> {
  for (const session of sessions) await session.connect();
  await Promise.all(sessions.map((session) => session.secured()));
  const count = sessions.length;
  await Promise.all(
    sessions.map(async (session) => {
      if (session.epoch?.members !== count) await next(session, "epoch", ({ members }) => members === count);
    }),
  );
}
