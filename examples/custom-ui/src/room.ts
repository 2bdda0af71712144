import type { MemberView, MessageDetail, QsecSession, SessionState } from "@qsec2/sdk";

const STATES: Readonly<Record<SessionState, string>> = {
  idle: "Not connected",
  connecting: "Connecting…",
  waiting: "Waiting for somebody to join",
  exchanging: "Agreeing on keys…",
  verifying: "Compare the emoji",
  secured: "End-to-end encrypted",
  reconnecting: "Reconnecting…",
  closed: "You have left",
};

const find = <E extends Element>(selector: string): E => document.querySelector<E>(selector)!;

/** Ties a session to the page: events of the session to what is seen, and what the person does to the session. */
export function showRoom(session: QsecSession): void {
  const send = find<HTMLButtonElement>("#composer button");
  const warning = find("#warning");
  const input = find<HTMLInputElement>("#composer input");

  session.addEventListener("state", ({ detail: { state } }) => {
    find("#state").textContent = STATES[state];
    send.disabled = state !== "secured";
  });
  session.addEventListener("members", ({ detail: { members } }) => {
    find("#members").replaceChildren(...members.map(memberRow));
  });
  session.addEventListener("message", ({ detail }) => find("#log").append(messageRow(detail)));
  session.addEventListener("security", ({ detail }) => {
    // A note also happens among honest members on a bad line; an alarm is the person's business.
    if (detail.level === "alarm") warning.textContent = detail.message;
  });
  session.addEventListener("error", ({ detail: { error } }) => (warning.textContent = error.message));

  find("#composer").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === "") return;
    input.value = "";
    try {
      await session.send(text); // one's own message comes as an event too
    } catch (error) {
      input.value = text;
      warning.textContent = error instanceof Error ? error.message : String(error);
    }
  });
  find("#invite").addEventListener("click", () => navigator.clipboard.writeText(session.inviteLink(location.origin)));
  find("#leave").addEventListener("click", () => session.leave());
}

function memberRow({ name, badge, leader }: MemberView): HTMLElement {
  const row = document.createElement("li");
  row.textContent = `${name} (${badge}${leader ? ", leads" : ""})`;
  return row;
}

/** `textContent`: what others write is never HTML. */
function messageRow({ fromName, own, text }: MessageDetail): HTMLElement {
  const row = document.createElement("li");
  row.className = own ? "own" : "";
  row.textContent = own ? text : `${fromName}: ${text}`;
  return row;
}
