import { createMemoryRelay, createRoomSecret, QsecSession } from "@qsec2/sdk";
import { recordTrace, type TraceRecording } from "@qsec2/widget";

/** Two members of a room in this page, and a recording of what one of them is told. */
export class LiveExchange {
  ended: Promise<string> = Promise.resolve("");
  #sessions: readonly QsecSession[] = [];
  #recording: TraceRecording | null = null;

  /** @param listen whether an eavesdropper measures every qubit of the simulated channel */
  begin(listen: boolean): QsecSession {
    this.#recording?.stop();
    for (const session of this.#sessions) session.destroy();
    const relay = createMemoryRelay();
    const secret = createRoomSecret();
    const member = (username: string): QsecSession =>
      new QsecSession({
        transport: relay.transport(),
        room: "telemetry",
        username,
        secret,
        channel: { noise: 0.01, eve: listen ? 1 : 0 },
      });
    const [alice, bob] = [member("alice"), member("bob")];
    this.#sessions = [alice, bob];
    this.#recording = recordTrace(alice);
    this.ended = new Promise((resolve) => {
      alice.addEventListener("bb84:keyed", () => resolve("Both have the same key."), { once: true });
      alice.addEventListener("bb84:aborted", () => resolve("The exchange was stopped. There is no key."), {
        once: true,
      });
    });
    // After the panels have it, so that they miss nothing.
    setTimeout(() => {
      for (const session of [alice, bob]) session.connect().catch(() => undefined);
    });
    return alice;
  }

  save(): void {
    if (this.#recording === null) return;
    const json = JSON.stringify(this.#recording.trace());
    const url = URL.createObjectURL(new Blob([json], { type: "application/json" }));
    Object.assign(document.createElement("a"), { href: url, download: "qsec2-trace.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}
