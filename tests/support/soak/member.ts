/**
 * One member of a room in a process of its own, driven by messages of its parent. Whatever it reads it reports at once,
 * so that its death loses no evidence. Run with Node's IPC channel.
 */
import { QsecSession } from "@qsec2/sdk";

export type Order =
  | { readonly do: "join"; readonly relay: string; readonly username: string; readonly secret: string }
  | { readonly do: "say"; readonly text: string }
  | { readonly do: "leave" }
  | { readonly do: "kick"; readonly id: string }
  | { readonly do: "status" };

export interface Status {
  readonly id: string;
  readonly state: string;
  readonly roomCode: string | null;
  readonly roster: readonly string[];
  readonly leader: boolean;
  readonly secret: string;
}

export type Report =
  | { readonly is: "ready" }
  | { readonly is: "joined"; readonly id: string }
  | { readonly is: "read"; readonly by: string; readonly text: string; readonly from: string }
  /** A message has its place: who is entitled to read it. */
  | {
      readonly is: "said";
      readonly by: string;
      readonly text: string;
      readonly epoch: number;
      readonly roster: readonly string[];
    }
  /** Everybody in the roster has it. */
  | { readonly is: "delivered"; readonly by: string; readonly text: string }
  /** A security event that is no mere note. */
  | { readonly is: "alarmed"; readonly by: string; readonly code: string; readonly message: string }
  | { readonly is: "left" }
  | { readonly is: "status"; readonly status: Status | null }
  | { readonly is: "failed"; readonly what: string; readonly message: string };

let session: QsecSession | null = null;
/** The rosters by epoch number, and own messages by their place. */
const rosters = new Map<number, readonly string[]>();
const said = new Map<string, string>();

const tell = (report: Report): void => void process.send!(report);

function rosterOf(of: QsecSession): string[] {
  return of.members.filter(({ badge }) => badge !== "waiting").map(({ id }) => id);
}

async function join({ relay, username, secret }: Extract<Order, { do: "join" }>): Promise<void> {
  const own = (session = new QsecSession({ relay, room: "soak", username, secret, expected: 32, profile: "classic" }));
  rosters.clear();
  said.clear();
  own.addEventListener("epoch", ({ detail }) => void rosters.set(detail.number, rosterOf(own)));
  own.addEventListener("message", ({ detail }) => {
    if (detail.own) said.set(`${detail.epoch}/${detail.seq}`, detail.text);
    else tell({ is: "read", by: own.id, text: detail.text, from: detail.from });
  });
  own.addEventListener("delivered", ({ detail }) => {
    const text = said.get(`${detail.epoch}/${detail.seq}`);
    if (text !== undefined) tell({ is: "delivered", by: own.id, text });
  });
  own.addEventListener("security", ({ detail: { level, code, message } }) => {
    if (level === "alarm") tell({ is: "alarmed", by: own.id, code, message });
  });
  own.addEventListener("removed", () => void (session = null));
  await own.connect({ signal: AbortSignal.timeout(30_000) });
  tell({ is: "joined", id: own.id });
}

async function say(text: string): Promise<void> {
  const own = session!;
  const { epoch } = await own.send(text, { signal: AbortSignal.timeout(60_000) });
  tell({ is: "said", by: own.id, text, epoch, roster: rosters.get(epoch) ?? [] });
}

function status(): Status | null {
  if (session === null) return null;
  return {
    id: session.id,
    state: session.state,
    roomCode: session.epoch?.roomCode ?? null,
    roster: rosterOf(session),
    leader: session.members.some(({ you, leader }) => you && leader),
    secret: new URL(session.inviteLink("https://chat.example")).hash.slice(1),
  };
}

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case "join":
      return join(order);
    case "say":
      return say(order.text);
    case "kick":
      return session!.kick(order.id);
    case "leave":
      await session?.leave();
      session = null;
      return tell({ is: "left" });
    case "status":
      return tell({ is: "status", status: status() });
  }
}

process.on("message", (order: Order) => {
  obey(order).catch((error: unknown) => {
    tell({ is: "failed", what: order.do, message: error instanceof Error ? error.message : String(error) });
  });
});
process.on("disconnect", () => process.exit());
tell({ is: "ready" });
