import type { RedisLink } from "./link.js";
import type { Script } from "./script.js";

/** Where in Redis something is kept, and by which clock. */
export class RedisPlace {
  readonly link: RedisLink;
  readonly #prefix: string;
  readonly #now: (() => number) | undefined;

  /**
   * @param prefix begins every key
   * @param now milliseconds since 1970; the default is the clock of Redis, which all relays have in common
   */
  constructor(link: RedisLink, prefix: string, now?: () => number) {
    this.link = link;
    this.#prefix = prefix;
    this.#now = now;
  }

  /** @throws QsecError `draining` while Redis cannot be used */
  run(script: Script, ...args: readonly (string | number | Uint8Array)[]): Promise<unknown> {
    return this.link.eval(script, this.#with(args));
  }

  /** As {@link run}, and every text of the answer comes as its bytes. */
  runForBytes(script: Script, ...args: readonly (string | number)[]): Promise<unknown> {
    return this.link.evalForBytes(script, this.#with(args));
  }

  #with(args: readonly (string | number | Uint8Array)[]) {
    return [
      this.#prefix,
      this.#now?.() ?? "",
      ...args.map((arg) => (arg instanceof Uint8Array ? Buffer.from(arg) : arg)),
    ];
  }
}
