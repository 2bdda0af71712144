import { requireSecureContext, secureRandom } from "../crypto/random.js";
import { wipe } from "../crypto/wipe.js";
import { QsecError } from "../wire/errors.js";
import type { Admission } from "../wire/kinds.js";
import { checkRoomName } from "../wire/names.js";
import { holdPlace, PATIENCE } from "./hold-place.js";
import { ADMISSIONS, type IdentityPlace, type IdentityStore } from "./identity-store.js";
import { indexedDbIdentities } from "./indexed-db-identities.js";
import { RoomIdentity } from "./room-identity.js";

/** Whose identity is opened, and from which store. */
export interface OpenIdentityOptions {
  /** Room ID. */
  readonly room: string;
  /** @default "link" */
  readonly admission?: Admission;
  /** @default {@link indexedDbIdentities} */
  readonly identityStore?: IdentityStore;
  /** Whether to join in a weaker admission mode than this device remembers of the room. @default false */
  readonly allowWeakerAdmission?: boolean;
  /** How long to wait for another session of this device that has the room, milliseconds. @default 3000 */
  readonly patience?: number;
}

/**
 * Who this device is in a room: remembered, or made and remembered now. Nobody else has it until it is closed; a session
 * that is made with it closes it when it ends.
 * @throws QsecError `identity_in_use`, `weaker_admission`, `store_failed`, `insecure_context`, `bad_option`, `bad_room`
 */
export async function openIdentity(options: OpenIdentityOptions): Promise<RoomIdentity> {
  const { admission = "link", allowWeakerAdmission = false, patience = PATIENCE } = options;
  if (!ADMISSIONS.includes(admission)) throw new QsecError("bad_option", "'admission' must be link, verify or open.");
  const place: IdentityPlace = { room: checkRoomName(options.room), admission };
  requireSecureContext();
  const store = options.identityStore ?? indexedDbIdentities();
  const release = await holdPlace(store, place, patience);
  try {
    if (!allowWeakerAdmission) await refuseWeaker(store, place);
    return new RoomIdentity(place, store, release, (await store.load(place)) ?? (await create(store, place)));
  } catch (error) {
    release();
    throw error;
  }
}

/** The mode of a room does not go down unnoticed: not by an invite that somebody else wrote, nor by a page. */
async function refuseWeaker(store: IdentityStore, { room, admission }: IdentityPlace): Promise<void> {
  for (const stronger of ADMISSIONS.slice(0, ADMISSIONS.indexOf(admission))) {
    if (!(await store.has({ room, admission: stronger }))) continue;
    throw new QsecError(
      "weaker_admission",
      `On this device the room '${room}' was joined with admission "${stronger}", and "${admission}" protects less. Somebody may want you to talk less safely: ask them. Forget the room here, or pass \`allowWeakerAdmission\`, to join anyway.`,
    );
  }
}

async function create(store: IdentityStore, place: IdentityPlace) {
  const seed = secureRandom(32);
  try {
    await store.save(place, { seed, pins: [] });
  } catch (error) {
    wipe(seed);
    throw error;
  }
  return { seed, pins: [] };
}
