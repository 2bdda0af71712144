import type { EpochDetail, SessionState } from "@qsec2/sdk";

/** The words of the conversation. */
export const chat = {
  log: "Messages",
  composer: "Message",
  placeholder: "Write a message",
  send: "Send",
  hint: "Enter to send, Shift + Enter for a new line",
  latest: "Jump to latest",
  newMessages: (count: number) => (count === 1 ? "1 new message" : `${count} new messages`),
  unread: "New messages",
  today: "Today",
  yesterday: "Yesterday",
  you: "You",
  edited: "edited",
  deleted: "This message was deleted.",
  showMore: "Show all",
  showLess: "Show less",
  /** A reply to a message that is not in the list, or not any more. */
  quoteGone: "A message that is not here",
  quoteDeleted: "A deleted message",
  goToQuoted: (name: string) => `Go to the message of ${name} that this one answers`,
  typing: (names: string, count: number) => `${names} ${count === 1 ? "is" : "are"} typing`,
  /** What one hears for a row of the list. */
  row: (name: string, time: string) => `${name}, ${time}`,
  mark: {
    sending: "Waiting to be sent",
    failed: "Not sent",
    sent: "Sent",
    delivered: "Delivered to everybody",
    read: (names: string) => `Read by ${names}`,
  },
  gap: (count: number) =>
    count === 1
      ? "1 earlier message is missing: too old for the relay, or withheld"
      : `${count} earlier messages are missing: too old for the relay, or withheld`,
  done: (message: string) => `That did not work. ${message}`,
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

  actions: {
    label: (name: string) => `Actions for the message of ${name}`,
    react: "React",
    reply: "Reply",
    copy: "Copy",
    copied: "Copied",
    edit: "Edit",
    delete: "Delete",
    confirm: "Delete for everybody?",
    keep: "Keep it",
  },

  reaction: {
    picker: "Choose a reaction",
    with: (emoji: string) => `React with ${emoji}`,
    other: "Another emoji",
    give: "React with it",
    chip: (emoji: string, names: string) => `${emoji} by ${names}`,
  },

  search: {
    open: "Search the messages",
    field: "Search the messages",
    close: "Close the search",
    before: "Match before",
    after: "Match after",
    none: "No match",
    place: (index: number, count: number) => `${index} of ${count}`,
  },

  lifetime: {
    title: "Disappearing messages",
    open: "Set how long messages stay",
    legend: "Messages go away after they were shown for",
    note: "The others' programs are asked to forget them; somebody may have kept a copy.",
    leaderOnly: "Only the leader of the room can change this.",
    off: "Keep",
    after: (time: string) => `Messages disappear after ${time}`,
    set: (name: string, time: string) => `${name} set messages to disappear after ${time}`,
    unset: (name: string) => `${name} set messages to stay`,
  },
};

/** The words of the field in which messages are written. */
export const composer = {
  attach: "Attach files",
  voice: "Record a voice message",
  drop: "Drop files to attach them",
  replying: (name: string) => `Reply to ${name}`,
  replyingOwn: "Reply to your own message",
  editing: "Edit your message",
  end: "Cancel",
  save: "Save",
  attached: "Files to send",
  detach: (name: string) => `Do not send ${name}`,
  waits: "The link is down. What you send goes out when it is back.",
};
