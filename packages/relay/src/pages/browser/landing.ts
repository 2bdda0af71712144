import { QsecError } from "@qsec2/sdk/wire";
import { inputById, showFieldError } from "./field-errors.js";
import { looksLikeInvite, planVisit, readInvite, type FieldName, type Invite } from "./landing-form.js";

const NAMES: readonly FieldName[] = ["room", "username", "expected"];
const form = document.querySelector("form")!;
const inviteNote = document.getElementById("invite-note")!;
const room = inputById("room");
const expected = inputById("expected");
const compare = inputById("compare");

/** The invite that was pasted; it holds for its room ID only. */
let invite: Invite | null = null;

function setInvite(next: Invite | null): void {
  invite = next;
  inviteNote.hidden = next === null;
  // Whoever joins by a link follows the way of admission that the link says.
  compare.disabled = next !== null;
  if (next === null) return;
  room.value = next.room;
  compare.checked = next.compare;
  if (next.expected !== null) expected.value = String(next.expected);
}

room.addEventListener("input", () => {
  setInvite(null);
  showFieldError(room, undefined);
  if (!looksLikeInvite(room.value)) return;
  try {
    setInvite(readInvite(room.value, location.origin));
    inputById("username").focus();
  } catch (error) {
    if (!(error instanceof QsecError)) throw error;
    showFieldError(room, error.message);
  }
});

for (const name of NAMES)
  inputById(name).addEventListener("input", () => name !== "room" && showFieldError(inputById(name), undefined));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = {
    room: room.value,
    username: inputById("username").value,
    expected: expected.value,
    compare: compare.checked,
    remember: inputById("remember").checked,
  };
  const plan = planVisit(fields, invite);
  if ("address" in plan) {
    location.assign(plan.address);
    return;
  }
  for (const name of NAMES) showFieldError(inputById(name), plan.errors[name]);
  const first = NAMES.find((name) => plan.errors[name] !== undefined);
  if (first !== undefined) inputById(first).focus();
});
