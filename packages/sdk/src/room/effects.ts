import type { AuditReport, Outgoing } from "../transport/transport.js";
import type { RoomEventMap } from "./events.js";

/** An event for the application, by name. */
export type RoomEvent = {
  [Name in keyof RoomEventMap]: { readonly name: Name; readonly detail: RoomEventMap[Name] };
}[keyof RoomEventMap];

/** What one step of the room asks the world to do, in order. The room itself does no I/O. */
export interface StepResult {
  readonly send: readonly Outgoing[];
  readonly events: readonly RoomEvent[];
}

/** Collects the effects of a step. */
export class Effects {
  readonly #audit: boolean;
  #send: Outgoing[] = [];
  #events: RoomEvent[] = [];

  /** @param audit whether the relay's audit log is told of steps */
  constructor(audit: boolean) {
    this.#audit = audit;
  }

  send(message: Outgoing): void {
    this.#send.push(message);
  }

  report(report: AuditReport): void {
    if (this.#audit) this.#send.push(report);
  }

  emit<Name extends keyof RoomEventMap>(name: Name, detail: RoomEventMap[Name]): void {
    this.#events.push({ name, detail } as RoomEvent);
  }

  take(): StepResult {
    const result = { send: this.#send, events: this.#events };
    this.#send = [];
    this.#events = [];
    return result;
  }
}
