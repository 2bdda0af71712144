import "@qsec2/widget/define";
import { createRoomSecret } from "@qsec2/sdk";
import { takeInvite } from "./invite.js";

const invite = takeInvite();
const form = document.querySelector("form")!;
const status = document.querySelector("[role=status]")!;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const element = document.createElement("qsec-room");
  element.relay = location.origin;
  element.room = invite?.room ?? "support";
  element.expected = invite?.expected ?? 4;
  element.secret = invite?.secret ?? createRoomSecret();
  element.username = new FormData(form).get("username")!.toString().trim();
  element.invitePage = location.origin;
  element.addEventListener("qsec-message", ({ detail }) => {
    status.textContent = `Last message: ${detail.fromName}, ${new Date(detail.sentAt).toLocaleTimeString()}`;
  });
  form.replaceWith(element);
});
