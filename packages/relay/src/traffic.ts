export interface TrafficStats {
  /** Sealed frames and plain messages that were passed on, each counted once however many get it. */
  readonly messages: number;
  /** Their characters as they came, which are bytes on the wire. */
  readonly bytes: number;
}

/** Counts what the relay passes on. Parts of files are no part of it: they are stored, not passed on. */
export class Traffic {
  #messages = 0;
  #bytes = 0;

  count(text: string): void {
    this.#messages++;
    this.#bytes += text.length;
  }

  get stats(): TrafficStats {
    return { messages: this.#messages, bytes: this.#bytes };
  }
}
