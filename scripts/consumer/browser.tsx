/** What people write against the packages in a browser, compiled against the packed tarballs. */
import { createRoomSecret, QsecError, QsecSession, type QsecSessionEventMap } from "@qsec2/sdk";
import { exchange } from "@qsec2/sdk/bb84";
import { etsi014KeySource } from "@qsec2/sdk/qkd";
import { RELAY_ERROR_CODES } from "@qsec2/sdk/wire";
import { defineElements, QsecRoom, registerTranslation } from "@qsec2/widget";
import "@qsec2/widget/define";
import "@qsec2/widget/react";
import type { QsecVueElements } from "@qsec2/widget/vue";
import "@qsec2/widget/qsec-room.js";
import { useRef, type JSX } from "react";

export { defineElements, etsi014KeySource, exchange, QsecError, RELAY_ERROR_CODES, registerTranslation };

const secret = createRoomSecret();
const session = new QsecSession({ relay: "https://relay.example", room: "r", username: "a", secret });
session.addEventListener("message", ({ detail }) => console.log(detail.text.length));
export const names: readonly (keyof QsecSessionEventMap)[] = ["message", "bb84:step"];

const room: QsecRoom | null = document.querySelector("qsec-room");
room?.addEventListener("qsec-message", (event) => console.log(event.detail.fromName.length));
document.addEventListener("qsec-error", (event) => console.log(event.detail.error.message));

type VueRoom = InstanceType<QsecVueElements["qsec-room"]>["$props"];
export const inVue: VueRoom = {
  relay: "https://relay.example",
  expected: 2,
  onQsecMessage: ({ detail }) => detail.text,
};

export function Room(): JSX.Element {
  const element = useRef<QsecRoom>(null);
  return (
    <main>
      <qsec-room
        ref={element}
        className="room"
        relay="https://relay.example"
        room="standup"
        expected={3}
        shareHistory
        theme="dark"
        onqsec-message={({ detail }) => console.log(detail.text.toUpperCase())}
      />
      <qsec-chat session={session} announce="off" />
      {/* @ts-expect-error there is no such theme */}
      <qsec-room theme="blue" />
      {/* @ts-expect-error it is a number */}
      <qsec-room expected="many" />
      {/* @ts-expect-error it is a method */}
      <qsec-room leave="now" />
      {/* @ts-expect-error there is no such element */}
      <qsec-rooms />
    </main>
  );
}
