import { toHex } from "../wire/bytes.js";
import type { Epoch } from "./epoch.js";
import type { HistoryGap } from "./events.js";
import type { Kept } from "./group-message.js";
import { NumberSet } from "./number-set.js";
import { entryPeer } from "./views.js";

type MarkedEpoch = Pick<Epoch, "hash" | "commit">;

/** Where a message stands: in its sender's Chain, and among those that are kept. */
export interface MessagePlace {
  /** The sender's place in the roster. */
  readonly sender: number;
  readonly seq: number;
  readonly kept: Kept | null;
}

interface SenderMarks {
  readonly seen: NumberSet;
  /** Of the sender's messages that are kept, numbered from 0: which of them this member has. */
  readonly kept: NumberSet;
  /** How many there are, as far as the sender's signed word has come here. */
  known: number;
}

/**
 * What this member has shown of the epochs with history: a message is shown once, whether it comes over the room or from
 * the history. And what it has not, though its sender said that it exists.
 */
export class ReadMarks {
  readonly #epochs = new Map<string, { readonly epoch: MarkedEpoch; readonly senders: Map<number, SenderMarks> }>();

  /** @returns whether it is new here; always true in an epoch without history, whose Chains count alone */
  mark(epoch: MarkedEpoch, { sender, seq, kept }: MessagePlace): boolean {
    if (kept === null) return true;
    const marks = this.#of(epoch, sender);
    if (!marks.seen.add(seq)) return false;
    marks.known = Math.max(marks.known, kept.before + Number(kept.isKept));
    if (kept.isKept) marks.kept.add(kept.before);
    return true;
  }

  has({ hash }: MarkedEpoch, sender: number, seq: number): boolean {
    return this.#epochs.get(toHex(hash))?.senders.get(sender)?.seen.has(seq) === true;
  }

  /** The highest number of a message of this sender that was shown, or null. */
  last({ hash }: MarkedEpoch, sender: number): number | null {
    return this.#epochs.get(toHex(hash))?.senders.get(sender)?.seen.highest ?? null;
  }

  /** By sender and epoch, in the order of epochs: how many kept messages exist that this member lacks. */
  gaps(): HistoryGap[] {
    const epochs = [...this.#epochs.values()].sort((a, b) => a.epoch.commit.epoch - b.epoch.commit.epoch);
    return epochs.flatMap(({ epoch: { commit }, senders }) =>
      [...senders].flatMap(([sender, { kept, known }]) => {
        const missing = known - kept.size;
        if (missing <= 0) return [];
        const { id: from, name: fromName } = entryPeer(commit.roster[sender]);
        return [{ from, fromName, epoch: commit.epoch, missing }];
      }),
    );
  }

  #of(epoch: MarkedEpoch, sender: number): SenderMarks {
    const key = toHex(epoch.hash);
    const { hash, commit } = epoch; // not the epoch itself, which has Chains
    const marked = this.#epochs.get(key) ?? { epoch: { hash, commit }, senders: new Map<number, SenderMarks>() };
    this.#epochs.set(key, marked);
    const marks = marked.senders.get(sender) ?? { seen: new NumberSet(), kept: new NumberSet(), known: 0 };
    marked.senders.set(sender, marks);
    return marks;
  }
}
