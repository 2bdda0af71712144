import type { DeviceSealed } from "../crypto/device-seal.js";
import { wipe } from "../crypto/wipe.js";
import type { EpochArchive } from "../room/epoch-archive.js";
import { commitHash, decodeCommit } from "../room/epoch-commit.js";
import { KID_BYTES } from "../room/epoch.js";
import type { Share } from "../room/share.js";
import { toBase64url } from "../wire/base64url.js";
import { equalBytes, toHex } from "../wire/bytes.js";
import type { EpochKey, EpochKeyStore, KeptPlace } from "./epoch-key-store.js";
import { openEpoch, sealEpoch } from "./sealed-epoch.js";

interface Row {
  /** Base64url of the epoch's hash. */
  readonly hash: string;
  /** The number of the epoch. */
  readonly number: number;
  readonly sealed: DeviceSealed;
}

export interface ArchiveOptions {
  /** Where keys outlive the session, or null. */
  readonly store: EpochKeyStore | null;
  /** The room's name. */
  readonly room: string;
  /** Told what the storage has failed at. */
  readonly problem: (error: unknown) => void;
}

/**
 * The room keys that one session can read back with. It works on a copy in memory, sealed like what is stored, so that a
 * storage which is slow or full never holds the room up.
 */
export class SessionArchive implements EpochArchive {
  readonly #options: ArchiveOptions;
  /** By the first bytes of the hash, as hex. */
  readonly #rows = new Map<string, Row>();
  #rid: string;
  /** Writing, one after the other, so that a move finds what was kept before it. */
  #writing: Promise<unknown> = Promise.resolve();
  #wiped = false;

  /** @param rid the room's public id, 32 bytes */
  constructor(options: ArchiveOptions, rid: Uint8Array) {
    this.#options = options;
    this.#rid = toBase64url(rid);
  }

  /** The numbers of the epochs that are here, rising. A room that began anew has some of them twice. */
  get epochs(): readonly number[] {
    return [...this.#rows.values()].map(({ number }) => number).sort((a, b) => a - b);
  }

  /** Takes over what was stored by earlier sessions. */
  async load(): Promise<void> {
    const { store, problem } = this.#options;
    if (store === null) return;
    try {
      for (const epoch of await store.load(this.#place)) await this.#add(epoch).finally(() => wipe(epoch.roomKey));
    } catch (error) {
      problem(error);
    }
  }

  async keep(epochs: readonly Share[]): Promise<void> {
    for (const epoch of epochs) {
      const hash = await this.#add(epoch);
      if (hash === null) continue;
      const copy = { ...epoch, roomKey: epoch.roomKey.slice(), keptAt: Date.now() };
      this.#write(
        (store) => store.keep(this.#place, hash, copy),
        () => wipe(copy.roomKey),
      );
    }
  }

  async find(kid: Uint8Array): Promise<Share | null> {
    const row = this.#rows.get(toHex(kid));
    return row === undefined ? null : openEpoch(row.hash, row.sealed);
  }

  async back(hash: Uint8Array): Promise<Share[]> {
    const found: Share[] = [];
    for (let next = hash; ;) {
      const epoch = await this.find(next.subarray(0, KID_BYTES));
      if (epoch === null || !equalBytes(commitHash(epoch.commit), next)) return found;
      found.push(epoch);
      next = decodeCommit(epoch.commit).prev;
    }
  }

  /** The room has a new public id. */
  move(rid: Uint8Array): void {
    const from = this.#place;
    this.#rid = toBase64url(rid);
    const to = this.#rid;
    this.#write((store) => store.move(from, to));
  }

  /** Deletes all keys, here and where they are stored. @throws QsecError `store_failed` */
  async forget(): Promise<void> {
    this.wipe();
    await this.#writing;
    await this.#options.store?.forget(this.#options.room);
  }

  /** Drops the keys of this session; what is stored stays. Nothing is kept afterwards. */
  wipe(): void {
    this.#wiped = true;
    for (const { sealed } of this.#rows.values()) wipe(sealed.box);
    this.#rows.clear();
  }

  get #place(): KeptPlace {
    return { room: this.#options.room, rid: this.#rid };
  }

  /** @returns the epoch's hash as text, or null when it is here already */
  async #add({ commit, signature, roomKey }: EpochKey): Promise<string | null> {
    const bytes = commitHash(commit);
    const [hash, key] = [toBase64url(bytes), toHex(bytes.subarray(0, KID_BYTES))];
    if (this.#wiped || this.#rows.has(key)) return null;
    const row = {
      hash,
      number: decodeCommit(commit).epoch,
      sealed: await sealEpoch(hash, { commit, signature, roomKey }),
    };
    if (this.#isWiped()) return null; // while WebCrypto worked
    this.#rows.set(key, row);
    return hash;
  }

  #isWiped(): boolean {
    return this.#wiped;
  }

  #write(write: (store: EpochKeyStore) => Promise<void>, done: () => void = () => {}): void {
    const { store, problem } = this.#options;
    if (store === null) return done();
    this.#writing = this.#writing
      .then(() => write(store))
      .catch(problem)
      .finally(done);
  }
}
