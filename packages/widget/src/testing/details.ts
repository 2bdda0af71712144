import type {
  BB84AbortedDetail,
  BB84KeyedDetail,
  BB84StepDetail,
  ChatDetail,
  DisclosedQubit,
  EpochDetail,
  FileManifest,
  MemberView,
  MessageDetail,
} from "@qsec2/sdk";

/** Event details as a session gives them, with what a test wants to differ. */
export const BOB = { id: "bob-id", name: "bob" } as const;
export const CAROL = { id: "carol-id", name: "carol" } as const;

const NAMES = ["generate", "send", "measure", "bases", "sift", "derive"] as const;

export function stepDetail(step: BB84StepDetail["step"], more: Partial<BB84StepDetail> = {}): BB84StepDetail {
  return {
    peer: BOB,
    direction: "initiator",
    step,
    name: NAMES[step - 1],
    attempt: 1,
    profile: "golay",
    counts: { qubits: 4096 },
    ...more,
  };
}

export function abortedDetail(more: Partial<BB84AbortedDetail> = {}): BB84AbortedDetail {
  return {
    peer: BOB,
    direction: "initiator",
    code: "QBER",
    message: "Too many errors.",
    attempt: 1,
    willRetry: false,
    local: true,
    ...more,
  };
}

export function keyedDetail(more: Partial<BB84KeyedDetail> = {}): BB84KeyedDetail {
  return {
    peer: BOB,
    direction: "initiator",
    fingerprint: "9f3c21ab",
    qber: 0.01,
    secret: 571,
    eve: 0,
    qkd: false,
    ...more,
  };
}

export function epochDetail(more: Partial<EpochDetail> = {}): EpochDetail {
  const view = {
    number: 2,
    since: 0,
    roomCode: "7K3M-9QXA",
    members: 2,
    history: false,
    algorithm: "AES-256-GCM",
  } as const;
  return { ...view, reason: "join", joined: [], left: [], leader: BOB, ...more };
}

export function messageDetail(more: Partial<MessageDetail> = {}): MessageDetail {
  return { from: BOB.id, fromName: BOB.name, own: false, text: "hello", sentAt: 0, epoch: 2, seq: 0, ...more };
}

export function memberView(more: Partial<MemberView> = {}): MemberView {
  return {
    ...BOB,
    you: false,
    leader: false,
    online: true,
    badge: "link",
    keyState: "active",
    fingerprint: null,
    ...more,
  };
}

export function qubit(sent: DisclosedQubit["sent"], measured: DisclosedQubit["measured"]): DisclosedQubit {
  return { index: 0, sent, measured };
}

export function chatDetail(event: ChatDetail["event"], more: Partial<ChatDetail> = {}): ChatDetail {
  return { from: BOB.id, fromName: BOB.name, own: false, event, sentAt: 0, epoch: 2, seq: 0, ...more };
}

export function fileManifest(more: Partial<FileManifest> = {}): FileManifest {
  const bytes = (length: number) => new Uint8Array(length);
  return {
    blob: bytes(16),
    key: bytes(32),
    digest: bytes(32),
    size: 5,
    name: "notes.txt",
    mime: "text/plain",
    ...more,
  };
}
