/** Which messages were delivered and read (protocol §8, `receipt`). A receipt is cumulative: it covers all before it. */
import type { MemberId } from "../wire/events.js";
import type { ReceiptState } from "./chat-event.js";
import { senderOf, type MessagePointer, type MessageRef } from "./message-ref.js";

/** What one member said of the messages of one sender in one epoch: the highest `seq`, −1 for none. */
interface Reached {
  delivered: number;
  read: number;
}

/**
 * The highest receipts per reader, sender and epoch. They never go back, so their order and their number do not matter.
 *
 * Whoever calls {@link Receipts.receive} has looked whether the message exists: a member may claim to have read what
 * was never sent, and such a receipt would cover later messages.
 */
export class Receipts {
  readonly #epochs = new Map<number, Map<MemberId, Map<MemberId, Reached>>>();

  /** @returns whether it says more than was known; a receipt for the reader's own message says nothing */
  receive(reader: MemberId, { ref, state }: { readonly ref: MessageRef; readonly state: ReceiptState }): boolean {
    if (reader === ref.id) return false;
    const reached = this.#reachedBy(reader, ref);
    const { delivered, read } = reached;
    // What was read was delivered.
    reached.delivered = Math.max(delivered, ref.seq);
    if (state === "read") reached.read = Math.max(read, ref.seq);
    return reached.delivered !== delivered || reached.read !== read;
  }

  /** How far a message got with one member; null if that member has said nothing that covers it. */
  stateOf(reader: MemberId, message: MessagePointer): ReceiptState | null {
    const reached = this.#epochs.get(message.epoch)?.get(senderOf(message))?.get(reader);
    if (reached === undefined || reached.delivered < message.seq) return null;
    return reached.read >= message.seq ? "read" : "delivered";
  }

  /** Who has a message, and who of them has read it, in the order of their first receipts. */
  of(message: MessagePointer): { readonly delivered: readonly MemberId[]; readonly read: readonly MemberId[] } {
    const readers = [...(this.#epochs.get(message.epoch)?.get(senderOf(message)) ?? [])];
    const reaching = (state: ReceiptState) =>
      readers.filter(([, reached]) => reached[state] >= message.seq).map(([reader]) => reader);
    return { delivered: reaching("delivered"), read: reaching("read") };
  }

  /** Forgets the epochs before this one. */
  forgetBefore(epoch: number): void {
    for (const held of this.#epochs.keys()) if (held < epoch) this.#epochs.delete(held);
  }

  #reachedBy(reader: MemberId, { id, epoch }: MessageRef): Reached {
    const readers = getOrAdd(getOrAdd(this.#epochs, epoch, newMap<Map<MemberId, Reached>>), id, newMap<Reached>);
    return getOrAdd(readers, reader, () => ({ delivered: -1, read: -1 }));
  }
}

function newMap<Value>(): Map<MemberId, Value> {
  return new Map();
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const held = map.get(key);
  if (held !== undefined) return held;
  const made = make();
  map.set(key, made);
  return made;
}
