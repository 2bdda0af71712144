import { QsecError, type RelayErrorCode } from "@qsec2/sdk/wire";

const SENTENCES = {
  already_joined: () => "This socket is in a room already; leave it first.",
  id_taken: () => "Someone with this id is in the room already.",
  name_taken: () => "Someone in the room has this username, or one that looks the same.",
  room_full: (limit: number) => `This room is for ${limit} people, and all of them are here.`,
  bad_expected: (limit: number) => `On this relay a room is for at most ${limit} people.`,
  room_limit: (limit: number) => `This relay has as many rooms as it may have (${limit}); try again later.`,
} as const satisfies Partial<Record<RelayErrorCode, (limit: number) => string>>;

/** Why somebody gets no place. @param limit the number that was reached, where there is one */
export function placeRefused(code: keyof typeof SENTENCES, limit = 0): QsecError {
  return new QsecError(code, SENTENCES[code](limit));
}
