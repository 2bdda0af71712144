import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** A program of this repository in a process of its own. */
export interface Program {
  readonly pid: number;
  /** What it has written to standard error so far, line by line. */
  readonly complaints: readonly string[];
  /** The first part of its output, line by line, that matches. */
  says(pattern: RegExp): Promise<string>;
  /** The same of what it writes to standard error. */
  complains(pattern: RegExp): Promise<string>;
  /** Resolves when it has ended by itself, with its exit code. */
  ends(): Promise<number | null>;
  /** Asks it to end, and waits until it has. Resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** The folder to run it in. @default this repository's */
  readonly cwd?: string;
  /** A program that starts it, with its arguments. */
  readonly under?: readonly string[];
  /** Whether what it complains of is expected, and not to be seen among the results of the tests. */
  readonly quiet?: boolean;
}

export function runProgram(
  script: string,
  args: readonly string[] = [],
  { env = {}, cwd, under = [], quiet = false }: ProgramOptions = {},
): Program {
  const [command, ...all] = [...under, process.execPath, script, ...args];
  const child = spawn(command, all, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env }, cwd });
  const closed = once(child, "close");
  const [said, complaints] = [new Lines(child.stdout), new Lines(child.stderr)];
  if (!quiet) child.stderr.pipe(process.stderr, { end: false });
  const end = async (signal?: NodeJS.Signals): Promise<number | null> => {
    if (signal && child.exitCode === null && child.signalCode === null) child.kill(signal);
    await closed;
    return child.exitCode;
  };
  const failure = (pattern: RegExp): Error =>
    new Error(`The program ended with code ${child.exitCode} without a line like ${pattern}: ${complaints.all.at(-1)}`);
  return {
    pid: child.pid!,
    complaints: complaints.all,
    says: (pattern) => said.first(pattern, () => failure(pattern)),
    complains: (pattern) => complaints.first(pattern, () => failure(pattern)),
    ends: () => end(),
    stop: () => end("SIGTERM"),
    kill: async () => void (await end("SIGKILL")),
  };
}

/** The lines of a stream, read whether or not anybody waits for one: a full pipe would hold the program up. */
class Lines {
  readonly all: string[] = [];
  #ended = false;
  readonly #wake: (() => void)[] = [];

  constructor(stream: Readable) {
    const lines = createInterface({ input: stream });
    const woken = (): void => this.#wake.splice(0).forEach((wake) => wake());
    lines.on("line", (line) => {
      this.all.push(line);
      woken();
    });
    lines.once("close", () => {
      this.#ended = true;
      woken();
    });
  }

  async first(pattern: RegExp, failure: () => Error): Promise<string> {
    for (let at = 0; ; at++) {
      while (at >= this.all.length) {
        if (this.#ended) throw failure();
        await new Promise<void>((resolve) => this.#wake.push(resolve));
      }
      const found = pattern.exec(this.all[at])?.[0];
      if (found !== undefined) return found;
    }
  }
}
