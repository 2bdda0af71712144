import { createRoomSecret, QsecError, QsecSession } from "@qsec2/sdk";
import { takeInvite } from "./invite.js";
import { showRoom } from "./room.js";

const invite = takeInvite();
const join = document.querySelector<HTMLFormElement>("#join")!;
const warning = document.querySelector("#warning")!;

join.addEventListener("submit", async (event) => {
  event.preventDefault();
  const session = new QsecSession({
    relay: location.origin,
    room: invite?.room ?? "kitchen",
    username: String(new FormData(join).get("username")).trim(),
    expected: invite?.expected ?? 4,
    secret: invite?.secret ?? createRoomSecret(),
  });
  join.hidden = true;
  document.querySelector<HTMLElement>("#room")!.hidden = false;
  // Listen first: what happens while it connects is not told again.
  showRoom(session);
  addEventListener("pagehide", () => session.destroy());
  try {
    await session.connect();
  } catch (error) {
    // Every error is a QsecError: a code for programs, a sentence for people.
    warning.textContent = error instanceof QsecError ? error.message : String(error);
  }
});
