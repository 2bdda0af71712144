/** Why no sound can be recorded; the words for each are in `media.voice.refused`. */
export type Refusal = "none" | "denied" | "busy" | "insecure" | "unsupported" | "failed";

/** A recording is stopped by itself at this length, ms. */
export const LONGEST = 10 * 60_000;

const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

/** A microphone that is open and being recorded. */
export class Recorder {
  readonly #stream: MediaStream;
  readonly #recorder: MediaRecorder;
  readonly #sound: AudioContext;
  readonly #analyser: AnalyserNode;
  readonly #pieces: Blob[] = [];

  private constructor(stream: MediaStream) {
    this.#stream = stream;
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.#recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType });
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#pieces.push(data));
    this.#sound = new AudioContext();
    this.#analyser = this.#sound.createAnalyser();
    this.#analyser.fftSize = 1_024;
    this.#sound.createMediaStreamSource(stream).connect(this.#analyser);
    this.#recorder.start(1_000);
  }

  /** Asks for the microphone and begins. @throws what `refusalOf` explains */
  static async start(signal: AbortSignal): Promise<Recorder> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    try {
      signal.throwIfAborted();
      return new Recorder(stream);
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      throw error;
    }
  }

  /** How loud it is now: root mean square, 0 … 1. */
  get level(): number {
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    return Math.min(1, Math.sqrt(power) * 3);
  }

  /** Ends the recording and lets go of the microphone. */
  async stop(): Promise<Blob> {
    const stopped = new Promise<void>((resolve) =>
      this.#recorder.addEventListener("stop", () => resolve(), { once: true }),
    );
    if (this.#recorder.state === "inactive") await this.#release();
    else {
      this.#recorder.stop();
      await stopped;
      await this.#release();
    }
    const [type] = this.#recorder.mimeType.split(";");
    return new Blob(this.#pieces, { type: type || "audio/webm" });
  }

  async #release(): Promise<void> {
    for (const track of this.#stream.getTracks()) track.stop();
    if (this.#sound.state !== "closed") await this.#sound.close();
  }
}

/** What stands in the way before anybody is asked. */
export function obstacle(): Refusal | null {
  if (!isSecureContext) return "insecure";
  if (typeof MediaRecorder === "undefined" || navigator.mediaDevices?.getUserMedia === undefined) return "unsupported";
  return null;
}

export function refusalOf(error: unknown): Refusal {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return name === "NotSupportedError" ? "unsupported" : "failed";
}
