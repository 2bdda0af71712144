/** The link to a real relay: Socket.IO over WebSocket, sealed frames as base64url text in one packet. */
import { io, type Socket } from "socket.io-client";
import { toBase64url } from "../wire/base64url.js";
import { parseBlobBytes, parseBlobHave } from "../wire/blob-schemas.js";
import { QsecError } from "../wire/errors.js";
import type { FetchHistory } from "../wire/history-events.js";
import { parseHistoryPage } from "../wire/history-schemas.js";
import type { Accepted, JoinRequest, Refusal, Welcome } from "../wire/events.js";
import { ANNOUNCE_BYTES, BB84_FRAME_MAX, DIRECT_FRAME_MAX, GROUP_FRAME_MAX, SHARE_FRAME_MAX } from "../wire/limits.js";
import {
  parseFrame,
  parseFrom,
  parsePlainText,
  parsePublicKeys,
  parseRefusal,
  parseReply,
  parseRoomLogs,
  parseType,
  parseUserList,
  parseWelcome,
} from "../wire/schemas.js";
import type {
  BlobReply,
  BlobRequest,
  HistoryReply,
  Incoming,
  Outgoing,
  Transport,
  TransportListener,
} from "./transport.js";

/** How long an answer of the relay may take, milliseconds. */
const ACK_TIMEOUT = 10_000;
/** The same for a file part, of which several share a link that may be slow. */
const PART_TIMEOUT = 60_000;

/** What each event of the relay is turned into. Only these are listened to. */
const PARSERS: { readonly [E in Incoming["event"]]: (header: unknown, frame: unknown) => Incoming } = {
  user_list: (list) => ({ event: "user_list", list: parseUserList(list) }),
  pubkeys: (keys) => ({
    event: "pubkeys",
    entries: parsePublicKeys(keys).map(({ from, frame }) => ({ from, frame: parseFrame(frame, ANNOUNCE_BYTES) })),
  }),
  bb84_signal: (header, frame) => ({
    event: "bb84_signal",
    header: parseFrom(header),
    frame: parseFrame(frame, BB84_FRAME_MAX),
  }),
  roomkey_share: (header, frame) => ({
    event: "roomkey_share",
    header: parseFrom(header),
    frame: parseFrame(frame, SHARE_FRAME_MAX),
  }),
  encrypted_message: (header, frame) => ({
    event: "encrypted_message",
    header: parseFrom(header),
    frame: parseFrame(frame, DIRECT_FRAME_MAX),
  }),
  group_message: (header, frame) => ({
    event: "group_message",
    header: parseFrom(header),
    frame: parseFrame(frame, GROUP_FRAME_MAX),
  }),
  relay: (header, frame) => ({
    event: "relay",
    header: { ...parseFrom(header), ...parseType(header) },
    frame: parseFrame(frame, GROUP_FRAME_MAX),
  }),
  plain_message: (header, text) => ({
    event: "plain_message",
    header: parseFrom(header),
    text: parsePlainText(text),
  }),
  room_logs: (logs) => ({ event: "room_logs", logs: parseRoomLogs(logs) }),
  relay_error: (refusal) => ({ event: "relay_error", refusal: parseRefusal(refusal) }),
};

/**
 * The way to a relay that a session takes by default: one WebSocket, which comes back by itself when the link drops.
 *
 * @param relay http(s) address of the relay
 */
export function socketIoTransport(relay: string): Transport {
  return new SocketIoTransport(relay);
}

class SocketIoTransport implements Transport {
  readonly #relay: string;
  #socket: Socket | null = null;
  /** What has come of the relay's ring: it sends what comes after that when the link is back. */
  #ring = { epoch: "", seq: 0 };

  constructor(relay: string) {
    this.#relay = relay;
  }

  open(listener: TransportListener): void {
    const socket = io(this.#relay, {
      transports: ["websocket"],
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
    });
    this.#socket = socket;
    socket.on("connect", () => listener.up());
    socket.on("disconnect", (reason) => {
      listener.down(reason);
      // Socket.IO does not come back by itself when the server closed the link; a room must outlive a relay's restart.
      if (reason === "io server disconnect" && this.#socket === socket)
        setTimeout(() => this.#socket === socket && socket.connect(), 1_000);
    });
    socket.on("connect_error", (cause) => {
      listener.problem(
        new QsecError(
          "connection_failed",
          `The relay at ${this.#relay} cannot be reached, or does not allow this page (its option --cors).`,
          { cause },
        ),
      );
    });
    for (const [event, parse] of Object.entries(PARSERS)) {
      socket.on(event, (header: unknown, frame: unknown) => {
        const n = (header as { n?: unknown } | null)?.n;
        if (typeof n === "number") this.#ring.seq = n;
        let message: Incoming;
        try {
          message = parse(header, frame);
        } catch (error) {
          listener.problem(
            error instanceof QsecError
              ? error
              : new QsecError("bad_request", "The relay sent something that cannot be read.", { cause: error }),
          );
          return;
        }
        listener.receive(message);
      });
    }
  }

  async join(request: JoinRequest): Promise<Welcome | Refusal> {
    const ring = this.#ring;
    // What comes before the answer, or right behind it, is counted in the new position.
    const begun = (this.#ring = { epoch: "", seq: 0 });
    const answer = parseWelcome(await this.#ask("join", [{ ...request, ring }]));
    if (answer.ok && answer.ring) {
      begun.epoch = answer.ring.epoch;
      begun.seq = Math.max(begun.seq, answer.ring.seq);
    }
    return answer;
  }

  async send(message: Outgoing): Promise<Accepted | Refusal> {
    const body = "frame" in message ? [toBase64url(message.frame)] : "text" in message ? [message.text] : [];
    return parseReply(await this.#ask(message.event, [message.header, ...body]));
  }

  async blob(request: BlobRequest): Promise<BlobReply> {
    const { event, header } = request;
    switch (request.event) {
      case "blob_put":
        return parseReply(await this.#ask(event, [header, request.bytes], PART_TIMEOUT));
      case "blob_get":
        return parseBlobBytes(await this.#ask(event, [header], PART_TIMEOUT));
      case "blob_have":
        return parseBlobHave(await this.#ask(event, [header]));
      case "blob_drop":
        return parseReply(await this.#ask(event, [header]));
    }
  }

  async fetchHistory(request: FetchHistory): Promise<HistoryReply> {
    return parseHistoryPage(await this.#ask("fetch_history", [request]));
  }

  close(): void {
    this.#socket?.disconnect();
    this.#socket = null;
  }

  async #ask(event: string, args: readonly unknown[], timeout = ACK_TIMEOUT): Promise<unknown> {
    const socket = this.#socket;
    if (socket?.connected !== true)
      throw new QsecError("link_lost", "The link to the relay is down; it is being rebuilt.");
    try {
      return (await socket.timeout(timeout).emitWithAck(event, ...args)) as unknown;
    } catch (cause) {
      throw new QsecError("link_lost", "The relay did not answer; the link may be down.", { cause });
    }
  }
}
