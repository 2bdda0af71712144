/** A sequence of qubits that is played like a film. Nothing here knows a clock or a picture. */

/** How long one qubit takes at normal speed, ms. */
export const QUBIT_TIME = 2600;
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

export interface Player {
  /** Which qubit, from 0; 0 of an empty sequence. */
  readonly index: number;
  /** 0 sent … 1 measured and settled. */
  readonly t: number;
  readonly playing: boolean;
  /** One of {@link SPEEDS}. */
  readonly speed: number;
}

export const AT_START: Player = { index: 0, t: 0, playing: false, speed: 1 };

/** True when the last qubit has been shown to its end. */
export function isAtEnd({ index, t }: Player, count: number): boolean {
  return count === 0 || (index >= count - 1 && t >= 1);
}

/** `elapsed` ms later. A sequence that has come to its end stops there. */
export function advance(player: Player, elapsed: number, count: number): Player {
  if (!player.playing) return player;
  const place = Math.min(player.index + player.t + (elapsed * player.speed) / QUBIT_TIME, count);
  if (place >= count) return { ...player, ...endOf(count), playing: false };
  return { ...player, index: Math.floor(place), t: place % 1 };
}

/** Plays on; from the start again where it was at its end. */
export function play(player: Player, count: number): Player {
  if (count === 0) return player;
  return isAtEnd(player, count) ? { ...player, index: 0, t: 0, playing: true } : { ...player, playing: true };
}

export function pause(player: Player): Player {
  return { ...player, playing: false };
}

/** Shows the qubit of this place with its result, or the nearest there is. */
export function showQubit(player: Player, index: number, count: number): Player {
  if (count === 0) return AT_START;
  return { ...player, index: Math.min(Math.max(Math.round(index), 0), count - 1), t: 1, playing: false };
}

/** One qubit on or back. Forward in the middle of one shows its result first. */
export function step(player: Player, by: 1 | -1, count: number): Player {
  return showQubit(player, player.t < 1 && by === 1 ? player.index : player.index + by, count);
}

function endOf(count: number): Pick<Player, "index" | "t"> {
  return count === 0 ? { index: 0, t: 0 } : { index: count - 1, t: 1 };
}
