import type { QsecSession } from "@qsec2/sdk";

/** Resolves when the session is in an epoch with this many members and can send. */
export async function inEpochOf(session: QsecSession, members: number): Promise<void> {
  if (session.epoch?.members !== members) await nextEpochOf(session, members);
  if (members > 1) await session.secured();
}

async function nextEpochOf(session: QsecSession, members: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const listener = ({ detail }: { detail: { members: number } }): void => {
      if (detail.members !== members) return;
      session.removeEventListener("epoch", listener);
      resolve();
    };
    session.addEventListener("epoch", listener);
  });
}

/** Resolves when the session is in this state. */
export async function inState(session: QsecSession, state: QsecSession["state"]): Promise<void> {
  if (session.state === state) return;
  await new Promise<void>((resolve) => {
    const listener = ({ detail }: { detail: { state: string } }): void => {
      if (detail.state !== state) return;
      session.removeEventListener("state", listener);
      resolve();
    };
    session.addEventListener("state", listener);
  });
}

/** Sends, and waits until each of the listeners has read it. Returns what they read. */
export async function heardBy(listeners: readonly QsecSession[], send: () => Promise<unknown>): Promise<string[]> {
  const heard = listeners.map(
    (session) =>
      new Promise<string>((resolve) => {
        session.addEventListener("message", ({ detail }) => resolve(detail.text), { once: true });
      }),
  );
  await send();
  return Promise.all(heard);
}
