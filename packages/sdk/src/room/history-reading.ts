import type { FileManifest } from "../attachments/manifest.js";
import { Chain, HISTORY_WINDOW, WINDOW } from "../crypto/chain.js";
import { wipe } from "../crypto/wipe.js";
import { equalBytes, toHex } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { alarm } from "./alarm.js";
import type { EpochArchive } from "./epoch-archive.js";
import { commitHash, decodeCommit, type EpochCommit } from "./epoch-commit.js";
import { KID_BYTES, senderKey } from "./epoch.js";
import { CONTENT_TYPE, decodeGroupFrame, openWith, type GroupHeader, type OpenedMessage } from "./group-message.js";
import { receivedFrom } from "./received.js";
import type { RoomState } from "./room-state.js";

/** So many frames that are refused raise an alarm each; the others are only counted. */
const ALARMS_MAX = 32;
/**
 * On so many Chains a frame with a number far ahead may be refused before none is tried on others. It costs a Chain's keys in
 * between, once, which whoever has the relay keep what it invents could else cause for every sender of every epoch.
 */
const FAR_CHAINS_MAX = 512;

/** An epoch that is being read back, with Chains of its own: those of the room go on beside it. */
interface ReadEpoch {
  readonly commit: EpochCommit;
  readonly hash: Uint8Array;
  readonly roomKey: Uint8Array;
  readonly chains: Map<number, Chain>;
}

/**
 * Reads back what a relay has kept (protocol §10). The relay's word counts for nothing: a message is taken if it opens
 * under a room key that this member holds and bears its sender's signature, like one that comes now. Nothing in it is
 * obeyed. One object for each time that a member catches up; {@link end} wipes its keys.
 */
export class HistoryReading {
  readonly #state: RoomState;
  readonly #archive: EpochArchive;
  readonly #fileRooms: WeakMap<FileManifest, Uint8Array>;
  readonly #epochs = new Map<string, ReadEpoch | null>();
  #messages = 0;
  #unreadable = 0;
  #refused = 0;
  /** Those on which keys were derived for a frame that was refused. */
  readonly #farRefused = new Set<Chain>();

  /** @param fileRooms gets the room's public id at the time for each file, which is part of what its blob is sealed with */
  constructor(state: RoomState, archive: EpochArchive, fileRooms: WeakMap<FileManifest, Uint8Array>) {
    this.#state = state;
    this.#archive = archive;
    this.#fileRooms = fileRooms;
  }

  /** How many messages and chat events were new. */
  get messages(): number {
    return this.#messages;
  }

  /** How many frames were of epochs that this member does not hold. */
  get unreadable(): number {
    return this.#unreadable;
  }

  /** How many frames were refused. The others are not worse for them: anybody in the relay's room can have it keep some. */
  get refused(): number {
    return this.#refused;
  }

  /** Opens frames in the order in which they are given, and tells the application what they say. */
  async read(frames: readonly Uint8Array[]): Promise<void> {
    for (const frame of frames) {
      try {
        await this.#open(decodeGroupFrame(frame));
      } catch (error) {
        if (!(error instanceof QsecError)) throw error;
        if (this.#refused++ < ALARMS_MAX) alarm(this.#state.effects, null, error);
      }
    }
  }

  end(): void {
    for (const epoch of this.#epochs.values()) {
      if (epoch === null) continue;
      wipe(epoch.roomKey);
      for (const chain of epoch.chains.values()) chain.wipe();
    }
    this.#epochs.clear();
  }

  async #open(header: GroupHeader): Promise<void> {
    const epoch = await this.#epochOf(header.kid);
    if (epoch === null) {
      this.#unreadable++;
      return;
    }
    const { sender, seq } = header;
    if (this.#state.marks.has(epoch, sender, seq)) return;
    const message = await this.#openBounded(await this.#chainOf(epoch, sender), epoch, header);
    if (message.kept?.isKept !== true || message.type === CONTENT_TYPE.control)
      throw new QsecError("KIND", "A message that was not to be kept stands in the history.");
    const received = receivedFrom(epoch.commit, message, this.#state.options.self.id);
    this.#state.marks.mark(epoch, message);
    await this.#passLive(epoch, message);
    if (received === null) return;
    this.#messages++;
    const { effects } = this.#state;
    if (received.name === "chat") return effects.emit("chat", { ...received.detail, fromHistory: true });
    const { file } = received.detail;
    if (file !== undefined) this.#fileRooms.set(file, epoch.commit.rid);
    effects.emit("message", { ...received.detail, fromHistory: true });
  }

  async #openBounded(chain: Chain, epoch: ReadEpoch, header: GroupHeader): Promise<OpenedMessage> {
    const isFar = header.seq - chain.next > WINDOW && header.seq >= chain.derived;
    if (isFar && this.#farRefused.size >= FAR_CHAINS_MAX && !this.#farRefused.has(chain))
      throw new QsecError("GAP", "A kept message is far ahead of those before it, and too many such were refused.");
    try {
      return await openWith(chain, epoch, header);
    } catch (error) {
      if (isFar) this.#farRefused.add(chain);
      throw error;
    }
  }

  /** The room's own Chain counts the message as come: what others have of this sender is not missed here any more. */
  async #passLive({ hash }: ReadEpoch, { sender, seq }: OpenedMessage): Promise<void> {
    const live = this.#state.epochs.holding(hash);
    if (live !== null && sender !== live.ownIndex) await live.chain(sender)?.pass(seq);
  }

  async #epochOf(kid: Uint8Array): Promise<ReadEpoch | null> {
    const key = toHex(kid);
    const known = this.#epochs.get(key);
    if (known !== undefined) return known;
    const share = await this.#archive.find(kid);
    const hash = share === null ? new Uint8Array(32) : commitHash(share.commit);
    const epoch =
      share === null || !equalBytes(hash.subarray(0, KID_BYTES), kid)
        ? null
        : { commit: decodeCommit(share.commit), hash, roomKey: share.roomKey, chains: new Map<number, Chain>() };
    this.#epochs.set(key, epoch);
    return epoch;
  }

  /** A Chain from the beginning of the epoch, at the place up to which this member has shown what the sender said. */
  async #chainOf(epoch: ReadEpoch, sender: number): Promise<Chain> {
    const { commit, hash, roomKey, chains } = epoch;
    if (sender >= commit.roster.length)
      throw new QsecError("SENDER", "A message names a sender that is not in the roster.");
    const known = chains.get(sender);
    if (known !== undefined) return known;
    const chain = new Chain(senderKey(roomKey, hash, sender), HISTORY_WINDOW);
    chains.set(sender, chain);
    const last = this.#state.marks.last(epoch, sender);
    if (last !== null) await chain.pass(last);
    return chain;
  }
}
