import type { EpochDetail, SessionState } from "@qsec2/sdk";

/** The words of the conversation. */
export const chat = {
  log: "Messages",
  composer: "Message",
  placeholder: "Write a message",
  send: "Send",
  sending: "Sending",
  hint: "Enter to send, Shift + Enter for a new line",
  latest: "Jump to latest",
  newMessages: (count: number) => (count === 1 ? "1 new message" : `${count} new messages`),
  you: "You",
  failed: (message: string) => `Not sent. ${message}`,
  waitingTitle: "Nobody else is here yet",
  waitingText: "Send the invite link to the people you want to talk to. Keys are exchanged as soon as they join.",
  waitingTextVerify: "Tell the others the room ID, or send them the link. You compare emoji when they join.",
  /** Somebody is listed, and keys are shared with nobody yet. */
  presentTitle: "Somebody else is here",
  presentText: "No keys are shared with them yet.",
  /** Somebody's exchange does not open with the secret of this invite. */
  strangerTitle: (names: string, count: number) => `${names} ${count === 1 ? "does" : "do"} not have this invite`,
  strangerText:
    "Somebody came to this room ID with another invite. They cannot read or send anything here. Send them this link, or open theirs: everybody needs the same one.",
  workingTitle: "Getting the room ready",
  workingText: "Keys are being exchanged. You can already write your first message.",
  /** Why Send is disabled. */
  reason: {
    idle: "You can send once the link to the relay is up.",
    connecting: "You can send once the link to the relay is up.",
    waiting: "You can send once someone else is here and shares the room key.",
    exchanging: "You can send once the key exchange is done.",
    verifying: "You can send once the emoji are compared.",
    secured: "",
    reconnecting: "The link is down. You can send when it is back.",
    closed: "You have left the room.",
  } satisfies Record<SessionState, string> as Record<SessionState, string>,
  epoch: (epoch: number) => `New room key, epoch ${epoch}`,
  joined: (names: string) => `${names} joined`,
  left: (names: string) => `${names} left`,
  leads: (name: string) => `${name} leads now`,
  reasonOf: {
    create: "Room created",
    join: "",
    leave: "",
    rekey: "Key renewed",
    failover: "The leader was gone",
    policy: "Room settings changed",
    merge: "Rooms merged",
  } satisfies Record<EpochDetail["reason"], string> as Record<EpochDetail["reason"], string>,
};
