import type { FileManifest } from "../attachments/manifest.js";
import type { StepResult } from "./effects.js";
import type { HistoryGap } from "./events.js";
import { HistoryReading } from "./history-reading.js";
import type { RoomState } from "./room-state.js";
import type { SealedMessage } from "./seal.js";

type Step = (now: number, work: () => Promise<void>) => Promise<StepResult>;

/** What was said in a room before, as far as its members keep it. */
export class RoomHistory {
  readonly #state: RoomState;
  readonly #step: Step;
  readonly #fileRooms = new WeakMap<FileManifest, Uint8Array>();

  constructor(state: RoomState, step: Step) {
    this.#state = state;
    this.#step = step;
  }

  /** A way to read back, page by page with {@link read}; null where this member keeps no keys. */
  begin(): HistoryReading | null {
    const { history } = this.#state.options;
    return history === undefined ? null : new HistoryReading(this.#state, history.archive, this.#fileRooms);
  }

  /** Tells the application what these frames say that it has not seen. */
  read(reading: HistoryReading, frames: readonly Uint8Array[], now: number): Promise<StepResult> {
    return this.#step(now, () => reading.read(frames));
  }

  /** Messages that exist, as far as their senders' words have come here, and that this member lacks. */
  get gaps(): HistoryGap[] {
    return this.#state.marks.gaps();
  }

  /** This member's own message is about to be shown. False when it was already: the history had it first. */
  showsOwn({ epoch, seq, kept }: SealedMessage): boolean {
    const held = this.#state.epochs.numbered(epoch);
    return held === null || this.#state.marks.mark(held, { sender: held.ownIndex, seq, kept });
  }

  /** The room's public id when the message about this file was said, if the file came from the history. */
  ridOf(file: FileManifest): Uint8Array | undefined {
    return this.#fileRooms.get(file);
  }
}
