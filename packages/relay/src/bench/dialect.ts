import type { LoadSocket } from "./load-socket.js";

/** How a server is spoken to by a load of messages. Each message has a number of `NUMBER_DIGITS` digits in it. */
export interface Dialect {
  /** Opens a link and enters the room. */
  enter(room: string, members: number): Promise<LoadSocket>;
  /** What to send for a message, ready for the socket. */
  message(number: number): Buffer;
  /** What a payload is: the number of a message, or undefined for anything else. @throws when the server refuses something */
  delivered(payload: Buffer, binary: boolean): number | undefined;
}

export const NUMBER_DIGITS = 8;
export const FIRST_NUMBER = 10_000_000;

/** The number at a place of a payload. */
export function numberAt(payload: Buffer, at: number): number {
  let number = 0;
  for (let i = at; i < at + NUMBER_DIGITS; i++) number = number * 10 + payload[i] - 48;
  return number;
}
