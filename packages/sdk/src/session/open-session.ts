import { openIdentity } from "../identity/open-identity.js";
import { QsecError } from "../wire/errors.js";
import type { OpenSessionOptions, QsecSessionOptions } from "./options.js";

/** Reads what this device remembers of the room, if it is to, and makes a session with it. */
export async function openSession<Session>(
  options: OpenSessionOptions,
  make: (options: QsecSessionOptions) => Session,
): Promise<Session> {
  const { remember = false, identityStore, allowWeakerAdmission, ...rest } = options;
  if (!remember) return make(rest);
  if (rest.identity !== undefined) throw new QsecError("bad_option", "Pass 'remember' or an 'identity', not both.");
  const identity = await openIdentity({ ...rest, identityStore, allowWeakerAdmission });
  try {
    return make({ ...rest, identity });
  } catch (error) {
    identity.close();
    throw error;
  }
}
