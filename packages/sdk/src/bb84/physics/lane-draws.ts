import type { Bit } from "../bits.js";
import type { WordStream } from "../randomness/word-stream.js";
import { bitOf, CERTAIN, FAIR, PRECISION, thresholdOf } from "./threshold.js";
import { LANES } from "./words.js";

/**
 * Decides one event after the other for single qubits, by the rule of `threshold.ts`. It takes from the stream what the
 * decisions for 32 lanes at a time take: each call of {@link decide} is one decision for a word.
 */
export class LaneDraws {
  readonly #stream: WordStream;

  constructor(stream: WordStream) {
    this.#stream = stream;
  }

  /**
   * @param probabilities for each of at most 32 qubits, the probability of the event; null for one that takes no part
   * @returns for each of them, 1 where it happens
   */
  decide(probabilities: readonly (number | null)[]): Bit[] {
    const planes: number[] = [];
    const bitOfLane = (plane: number, lane: number) => {
      if (plane === planes.length) planes.push(this.#stream.next());
      return (planes[plane] >>> (LANES - 1 - lane)) & 1;
    };
    return probabilities.map((probability, lane) => {
      const threshold = probability === null ? 0 : thresholdOf(probability);
      if (threshold === 0) return 0;
      if (threshold === CERTAIN) return 1;
      if (threshold === FAIR) return bitOfLane(0, lane) === 0 ? 1 : 0;
      for (let plane = 0; plane < PRECISION; plane++) {
        const wanted = bitOf(threshold, plane);
        if (bitOfLane(plane, lane) !== wanted) return wanted;
      }
      return 0;
    });
  }
}
