import { Option } from "commander";
import { LIMIT_DEFAULTS, LIMIT_RANGES } from "../socket/limit-options.js";
import { hosts, seconds, wholeNumber } from "./values.js";

/** What the relay lets in and how much of it. */
export function limitOptions(): readonly Option[] {
  return [
    new Option(
      "--hosts <names>",
      "names by which browsers reach the relay, such as chat.example; several with commas; others are then refused",
    )
      .env("QSEC2_HOSTS")
      .argParser(hosts),
    new Option("--allow-polling", "let clients begin with HTTP long-polling, for networks that break WebSockets").env(
      "QSEC2_ALLOW_POLLING",
    ),
    number(
      "--rate <number>",
      "rate",
      "messages a second that a socket may send in the long run; twice as many at once",
    ),
    number("--join-rate <number>", "joinRate", "joins a minute that a socket may try"),
    number(
      "--address-factor <number>",
      "addressFactor",
      "all sockets of one address together may send so many times as much",
    ),
    number("--max-connections <number>", "maxConnections", "how many sockets may be open at once"),
    number(
      "--max-per-address <number>",
      "maxPerAddress",
      "how many sockets one address may have open (of IPv6 the first 64 bits); not this machine's own",
    ),
    number(
      "--max-payload <KiB>",
      "maxPayload",
      "the largest packet that is read; those of the protocol have up to 342",
    ),
    number("--max-backlog <MiB>", "maxBacklog", "how much may wait for a slow reader before it is cut"),
    number(
      "--join-deadline <milliseconds>",
      "joinDeadline",
      "how long a socket may stay outside of any room before it is cut",
    ),
    number("--idle <seconds>", "idle", "how long a socket may send no event before it is cut"),
    option(
      "--heartbeat <seconds>",
      "heartbeat",
      "how often a socket is asked for a sign of life; it has two thirds of that to answer",
    ).argParser(seconds(LIMIT_RANGES.heartbeat[1], LIMIT_RANGES.heartbeat[0])),
  ];
}

function number(flags: string, name: keyof typeof LIMIT_RANGES, description: string): Option {
  const [min, max] = LIMIT_RANGES[name];
  return option(flags, name, description).argParser(wholeNumber(min, max));
}

function option(flags: string, name: keyof typeof LIMIT_RANGES, description: string): Option {
  const variable = name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  return new Option(flags, description).env(`QSEC2_${variable}`).default(LIMIT_DEFAULTS[name]);
}
