import { Decoder } from "socket.io-parser";
import { SealedEncoder } from "./sealed-encoder.js";

/** The only event with bytes is a part of a file, and that has one. */
const ATTACHMENTS_MAX = 1;

/**
 * The relay's encoder, and Socket.IO's own decoder with a bound on what a packet may announce.
 * @param malformed told of each packet that cannot be read; the connection ends with it
 */
export function boundedParser(malformed: () => void): { Encoder: typeof SealedEncoder; Decoder: new () => Decoder } {
  class BoundedDecoder extends Decoder {
    constructor() {
      super({ maxAttachments: ATTACHMENTS_MAX });
    }

    override add(data: unknown): void {
      try {
        super.add(data);
      } catch (error) {
        malformed();
        throw error;
      }
    }
  }
  return { Encoder: SealedEncoder, Decoder: BoundedDecoder };
}
