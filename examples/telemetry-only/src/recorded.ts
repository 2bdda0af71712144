import { QsecError } from "@qsec2/sdk";
import { parseTrace, TraceReplay } from "@qsec2/widget";
import { say } from "./page.js";

/** A recording that can be replaced by another one. */
export interface Recorded {
  readonly replay: TraceReplay;
  /** @returns whether the text was a trace; if not, the page says what is wrong with it */
  read(json: string): boolean;
}

export async function load(address: string): Promise<Recorded> {
  const response = await fetch(address);
  let replay = new TraceReplay(parseTrace(await response.text()));
  return {
    get replay() {
      return replay;
    },
    read(json) {
      try {
        const next = new TraceReplay(parseTrace(json));
        replay.pause();
        replay = next;
        say(`${next.trace.events.length} events.`);
        return true;
      } catch (error) {
        if (!(error instanceof QsecError)) throw error;
        say(error.message);
        return false;
      }
    },
  };
}
