import { IncomingTyping, type MemberId } from "@qsec2/sdk";

/** Who types, by name. */
export class Typing {
  readonly #members = new IncomingTyping();
  readonly #names = new Map<MemberId, string>();

  /** @returns whether the names changed */
  said(from: MemberId, name: string, on: boolean, now: number): boolean {
    this.#names.set(from, name);
    return this.#members.receive(from, on, now);
  }

  /** The member wrote a message, or is gone. @returns whether the names changed */
  clear(from: MemberId, now: number): boolean {
    this.#names.delete(from);
    return this.#members.clear(from, now);
  }

  names(now: number): readonly string[] {
    return this.#members.members(now).map((id) => this.#names.get(id)!);
  }

  /** When the names change next by themselves, milliseconds since 1970; null while nobody types. */
  get nextChange(): number | null {
    return this.#members.nextChange;
  }
}
