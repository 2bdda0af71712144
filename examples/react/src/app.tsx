import "@qsec2/widget/react";
import { createRoomSecret } from "@qsec2/sdk";
import { useState, type JSX } from "react";
import { takeInvite } from "./invite.js";

// Outside of the components: in StrictMode React calls them twice, and the address has its secret only once.
const invite = takeInvite();
const secret = invite?.secret ?? createRoomSecret();

export function App(): JSX.Element {
  const [username, setUsername] = useState<string | null>(null);
  const [last, setLast] = useState<string | null>(null);
  if (username === null) return <NameForm onName={setUsername} />;
  return (
    <>
      <qsec-room
        relay={location.origin}
        room={invite?.room ?? "support"}
        expected={invite?.expected ?? 4}
        secret={secret}
        username={username}
        invitePage={location.origin}
        onqsec-message={({ detail }) => setLast(detail.fromName)}
      />
      <p role="status">{last === null ? "Nobody has written yet." : `Last message: ${last}`}</p>
    </>
  );
}

function NameForm({ onName }: { readonly onName: (name: string) => void }): JSX.Element {
  return (
    <form action={(data) => onName(String(data.get("username")).trim())}>
      <label>
        Your name <input name="username" required autoComplete="nickname" />
      </label>
      <button>Enter</button>
    </form>
  );
}
