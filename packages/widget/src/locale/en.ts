import type { Admission, Badge, BB84StepName, KeyState } from "@qsec2/sdk";
import type { ChannelPhase } from "../telemetry/run.js";
import { chat, composer } from "./en-chat.js";
import { media } from "./en-media.js";
import { panels } from "./en-panels.js";

/** Every word that the elements show. A translation has the same shape; see `registerTranslation()`. */
export const en = {
  /** BCP 47 tag for numbers and times; undefined: the reader's own. */
  language: undefined as string | undefined,
  direction: "ltr" as "ltr" | "rtl",

  /** The header's line, by state of the session. */
  connection: {
    connecting: "Connecting",
    waiting: (present: number, expected: number) => `Waiting for peers (${present} of ${expected})`,
    exchanging: "Quantum exchange",
    exchangingStep: (peer: string, step: number) => `Quantum exchange with ${peer}: step ${step} of 6`,
    /** The pair has its keys, and somebody has still to say yes. */
    keyed: (peer: string) => `Keys agreed with ${peer}, no room key yet`,
    verifying: "Compare emoji on both screens to continue",
    /** After this person has confirmed. */
    confirming: "Waiting for the other side to confirm",
    secured: "Secure channel active",
    reconnecting: "Reconnecting",
    closed: "You have left the room",
    aborted: (peer: string) => `Exchange with ${peer} stopped`,
    failed: "Not connected",
  },

  room: {
    label: (room: string) => `Room ${room}`,
    sidebar: "Room and members",
    telemetry: "Telemetry",
    openSidebar: "Show room and members",
    openTelemetry: "Show telemetry",
    close: "Close",
    leave: "Leave room",
    leaveTitle: "Leave the room?",
    leaveText: "The keys of this session are wiped. To read on you join again; what is said meanwhile you miss.",
    cancel: "Cancel",
    rejoin: "Join again",
    retry: "Retry",
    tryAgain: "Try again",
    home: "Back to the start",
    dismiss: "Dismiss",
    present: (present: number, expected: number) => `${present} of ${expected} here`,
    timer: "Time in this room",
    demoEve: "DEMO EVE ON",
    demoEveHint: "A demonstration eavesdropper reads the simulated channel of at least one exchange.",
    unverified: "Unverified: compare the room code to rule out someone in the middle.",
    forget: "Forget this room",
    forgetTitle: "Forget this room on this device?",
    forgetText:
      "You leave. Your key, whom you have verified and the keys of kept messages are deleted from this browser. When you come back you are somebody new to the others.",
    forgottenTitle: "This room is forgotten",
    forgottenText: "Nothing of it is left in this browser.",
    history:
      "Messages in this room are kept: sealed at the relay, their keys on the members' devices. Whoever gets hold of such a device can read them later.",
    willRetry: "Another run starts by itself.",
    /** Shown in the place of the room when it cannot be opened. */
    setupTitle: "This room cannot be opened",
    failedTitle: "Could not join the room",
    removedTitle: "You were removed from this room",
    removedText: (by: string) =>
      `${by} removed you. The keys of this session are gone from this browser. To come back you need a new invite.`,
    leftTitle: "You have left the room",
    leftText: "The keys of this session are gone from this browser.",
  },

  setup: {
    relay: 'The relay\'s address is missing. Add the attribute relay, for instance relay="https://relay.example".',
    room: "The room ID is missing. Add the attribute room.",
    username: "The username is missing. Add the attribute username.",
    secret:
      'The room secret is missing. Open the whole invite link, or set admission="verify" to compare emoji instead.',
    secretUnused: 'A room secret works with admission="link" only. Take out one of the two.',
    admission: "The attribute admission must be link, verify or open.",
    profile: "The attribute profile must be golay, ldpc or classic.",
    insecure:
      "This page was not opened over a secure connection, so the browser offers no cryptography. Open it over https, or on localhost.",
  },

  /** By error code; what is not listed is shown in the words of the SDK. */
  failure: {
    connection_failed: "The relay cannot be reached. Check your network, and try again in a moment.",
    room_full: "This room is full. Ask somebody in it to leave, or open another room for more people.",
    room_limit: "The relay has as many rooms as it can hold. Try again later.",
    rate_limited: "Too many attempts in a short time. Wait a minute, then try again.",
    name_taken: "Someone in this room already uses this name. Choose another one.",
    id_taken: "You are in this room already, in another tab or on another device. Close it there, then try again.",
    identity_in_use: "This room is open in another tab of this browser. Close it there, then try again.",
    insecure_context:
      "This page was not opened over a secure connection, so the browser offers no cryptography. Open it over https, or on localhost.",
    store_failed:
      "This browser would not store anything for this room. In a private window, or with storage switched off, it cannot remember you.",
    storage_full: "The storage of this browser is full. Make room on the device, or forget rooms you no longer need.",
    unsupported_version:
      "The relay speaks another version of the protocol. Load the page again, or ask who runs the relay.",
    weaker_admission:
      "On this device this room was joined in a mode that protects more. Somebody may want you to talk less safely: ask the others whether the change is meant.",
    history_disabled: "The relay keeps no messages. Who is away misses what is said meanwhile.",
    draining: "The relay is shutting down. Try again in a moment.",
  } as Readonly<Record<string, string>>,

  abort: {
    qber: (peer: string, qber: string) =>
      `The simulated exchange with ${peer} was stopped. ${qber} of the compared qubits were wrong; the limit is 11%. No key was made.`,
    eve: "The demonstration eavesdropper was on.",
    noisy: (peer: string) => `The simulated channel to ${peer} was too noisy to agree on a key. No key was made.`,
    TIMEOUT: (peer: string) => `${peer} did not answer in time. No key was made.`,
    REJECTED: (peer: string) =>
      `The emoji with ${peer} did not match. Someone may be between you. No key is agreed on with them any more.`,
    other: (peer: string, message: string) => `The exchange with ${peer} was stopped. ${message}`,
  },

  security: {
    title: "Security",
    tampered: (peer: string) =>
      `The exchange with ${peer} could not be opened: this invite does not match, or the relay tampers. Nothing was shared.`,
    someone: "a member",
    times: (count: number) => `${count} times`,
  },

  identity: {
    changed: (name: string, since: string) =>
      `${name} has another key than before on this device. It may be a new device or a browser that was cleared, or somebody else under this name. The key before was first seen on ${since}.`,
    verified: "You had compared codes with the key before.",
    codes: (before: string, now: string) => `Before: ${before}. Now: ${now}.`,
    accept: "Accept the new key",
    acceptOf: (name: string) => `Accept the new key of ${name} without comparing`,
  },

  members: {
    title: "Members",
    you: "you",
    leader: "Leader",
    offline: "Offline",
    compare: "Compare codes",
    compareWith: (name: string) => `Compare codes with ${name}`,
    retryWith: (name: string) => `Retry the exchange with ${name}`,
    remove: "Remove",
    removeOf: (name: string) => `Remove ${name} from the room`,
    removeTitle: (name: string) => `Remove ${name}?`,
    /** By the way people are admitted. */
    removeText: {
      link: "They can read nothing from now on. The room gets a new secret: invite links from before open nothing any more.",
      verify: "They can read nothing from now on. Who comes again has to compare emoji with you again.",
      open: "They can read nothing from now on. As this room is open, they can come back under another identity.",
    } satisfies Record<Admission, string> as Record<Admission, string>,
    fingerprint: "Session",
    badge: {
      you: "You",
      waiting: "Waiting, cannot read anything",
      link: "Proved the invite",
      vouched: "Vouched for by the leader",
      verified: "Verified by you",
      unverified: "Unverified",
      changed: "Another key than before",
    } satisfies Record<Badge, string> as Record<Badge, string>,
    key: {
      none: "No key yet",
      exchanging: "Exchanging keys",
      confirming: "Waits for comparison",
      keyed: "Pair key ready",
      active: "Room key shared",
      aborted: "Exchange stopped",
    } satisfies Record<KeyState, string> as Record<KeyState, string>,
  },

  key: {
    title: "Room key",
    none: "No room key yet",
    epoch: "Epoch",
    age: "Age",
    algorithm: "Cipher",
    code: "Room code",
    renew: "Renew key",
    renewing: "Renewing",
    renewHint: "Fresh handshakes with everybody, then a new room key.",
    codeHint: "The same on every screen, if roster and key are the same.",
    history:
      "Messages are kept in this room: sealed at the relay, their keys with the members. Forward secrecy is reduced.",
  },

  protocol: {
    title: "Protocol",
    exchange: "Key exchange",
    exchangeValue: "ML-KEM-768 + X25519",
    quantum: "Simulated BB84",
    quantumValue: (profile: string, qubits: string) => `${profile}, ${qubits} qubits`,
    quantumNone: "additional input",
    quantumHint: "The simulation is mixed in as additional input: it teaches, adds no security and cannot reduce it.",
    signatures: "Signatures",
    signaturesValue: "Ed25519, classical",
    relay: "The relay sees room and user names, public keys, timing and padded sizes. It sees no text and no key.",
    audit: "Not independently audited.",
  },

  invite: {
    title: "Invite",
    copy: "Copy invite link",
    copied: "Link copied",
    manual: "Copy this link:",
    field: "Invite link",
    share: "Share",
    shareTitle: (room: string) => `Room ${room}`,
    showCode: "QR code",
    hideCode: "Hide code",
    code: "QR code of the invite link",
    link: "The link carries the room secret after the # sign. Browsers never send that part to a server, so the relay cannot let itself in. Whoever has the link can join: share it privately.",
    verify: "This link has no secret in it. You compare seven emoji with each person before any room key moves.",
    open: "Anyone who knows the room ID can join. Compare the room code to rule out someone in the middle.",
  },

  knock: {
    label: "Asking to be let in",
    asks: (name: string) => `${name} has the invite and asks to be let in.`,
    admit: "Let in",
    admitOf: (name: string) => `Let in ${name}`,
    refuse: "Refuse",
    refuseOf: (name: string) => `Refuse ${name}`,
    /** For who has knocked. */
    waitingTitle: "Asked to be let in",
    waitingText: "Your keys are ready. This room waits for its leader to let you in.",
  },

  verify: {
    title: (name: string) => `Compare with ${name}`,
    text: (name: string) =>
      `Ask ${name}, by voice or face to face, to read these seven out. They must be the same, in the same order, on both screens.`,
    /** Follows in a room where nobody is let in without. */
    demanded: "Nobody can read or send before both of you have confirmed.",
    /** Follows elsewhere. */
    chosen: "Each of you opens this comparison from the list of members.",
    digits: "The same as digits",
    match: "They match",
    differ: "They don't",
    more: (count: number) =>
      count === 1 ? "One more person waits after this." : `${count} more people wait after this.`,
  },

  chat,
  composer,
  media,
  panels,

  telemetry: {
    simulated: "Simulated",
    channel: "Simulated channel",
    phase: {
      IDLE: "No exchange yet.",
      EXCHANGING: "Qubits are on the simulated channel.",
      SECURE: "The error rate is below the 11% limit.",
      NOISY: "Too noisy to agree on a key. That is not an eavesdropper.",
      EAVESDROPPER: "Error rate at or above 11%: what interception causes on this simulated channel.",
    } satisfies Record<ChannelPhase, string> as Record<ChannelPhase, string>,
    stopped: "The last exchange ended without a key.",
    run: (peer: string, attempt: number) => (attempt === 1 ? `with ${peer}` : `with ${peer}, run ${attempt}`),
    stepOf: (step: number, name: string) => `Step ${step} of 6: ${name}`,
    steps: {
      generate: "generate",
      send: "send",
      measure: "measure",
      bases: "compare bases",
      sift: "sift and estimate",
      derive: "derive key",
    } satisfies Record<BB84StepName, string> as Record<BB84StepName, string>,
  },

  bloch: {
    title: "Bloch sphere",
    label: (state: string) => `Bloch sphere of the simulated channel. ${state}`,
    idle: "No qubit has been measured yet.",
    sent: (sent: string) => `Sent ${sent},`,
    sentIn: (basis: string) => `Sent in the ${basis}, bit not disclosed,`,
    basis: { 0: "rectilinear basis", 1: "diagonal basis" } as Record<0 | 1, string>,
    measured: (basis: string, result: string) => `measured ${result} in the ${basis}.`,
    hidden: (basis: string) => `measured in the ${basis}, result not disclosed.`,
    collapse: "Bases differ: the state collapses.",
    match: "Bases agree.",
    error: "Bases agree, yet the bit is wrong.",
    place: (index: number, total: number) => `Qubit ${index} of ${total}`,
    secure: "Key complete: the arrow orbits freely.",
    note: "Disclosed qubits only; none is part of a key.",
    rectilinear: "Rectilinear",
    diagonal: "Diagonal",
  },

  qber: {
    title: "Error rate",
    qubits: "Qubits",
    matched: "Matched",
    sampled: "Sampled",
    errors: "Errors",
    leaked: "Leaked bits",
    secret: "Secret bits",
    none: "not yet",
    verdict: { secure: "SECURE", aborted: "ABORTED", pending: "PENDING" },
    limit: "11% limit",
    bar: (qber: string) => `QBER ${qber}, limit 11%`,
    barNone: "QBER not measured yet, limit 11%",
  },

  log: {
    title: "Event log",
    label: "Event log of this session",
    empty: "Events appear here as they happen.",
    dropped: (count: number) => `${count} older rows dropped`,
    state: (from: string, to: string) => `${from} → ${to}`,
    members: (present: number) => `${present} in the room`,
    epoch: (epoch: number, reason: string, members: number) => `epoch ${epoch}, ${reason}, ${members} in the roster`,
    step: (peer: string, step: number, name: string) => `${peer} ${step}/6 ${name}`,
    qubits: (count: number) => `${count} qubits`,
    matched: (count: number) => `${count} matched`,
    qber: (qber: string) => `QBER ${qber}`,
    secret: (bits: number) => `${bits} secret bits`,
    aborted: (peer: string, code: string) => `${peer} ${code}`,
    keyed: (peer: string, fingerprint: string) => `${peer} session ${fingerprint}`,
    message: (name: string, epoch: number, seq: number) => `${name} epoch ${epoch} seq ${seq}`,
    direct: (peer: string, own: boolean) => (own ? `private to ${peer}` : `private from ${peer}`),
    directDone: (peer: string, code: string | null) => `private to ${peer}: ${code ?? "arrived"}`,
    plaintext: (name: string) => `${name}, not encrypted and not authenticated`,
    verify: (peer: string) => `compare with ${peer}`,
    verified: (peer: string, confirmed: boolean) => `${peer} ${confirmed ? "confirmed" : "not confirmed"}`,
    delivered: (epoch: number, seq: number) => `everybody has epoch ${epoch} seq ${seq}`,
    knock: (peer: string) => `${peer} asks to be let in`,
    admitted: (peer: string, admitted: boolean) => `${peer} ${admitted ? "let in" : "not let in"}`,
    identity: (name: string, before: string, now: string) => `${name}: key ${now}, before ${before}`,
    rotated: (by: string) => `new room secret by ${by}`,
    removed: (by: string) => `removed by ${by}`,
    history: (messages: number, missing: number) =>
      `${messages} from before` + (missing === 0 ? "" : `, ${missing} missing: too old for the relay, or withheld`),
    relay: (line: string) => `relay says ${line}`,
  },
};

type English = typeof en;

/** Every word that the elements show. */
// An interface of its own: an alias would be written out in the reference of each element and in every editor's hint.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface Words extends English {}
