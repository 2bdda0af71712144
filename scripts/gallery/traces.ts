import { createMemoryRelay, createRoomSecret, QsecSession, type BB84StepDetail } from "@qsec2/sdk";

export interface Told {
  readonly name: "bb84:step" | "bb84:aborted" | "bb84:keyed";
  readonly detail: unknown;
}

/** How an exchange may end; `exchanging` is one in the middle. */
export type Ending = "exchanging" | "secure" | "noisy" | "eavesdropper";

const CHANNELS = {
  exchanging: { noise: 0.01, eve: 0 },
  secure: { noise: 0.01, eve: 0 },
  noisy: { noise: 0.1, eve: 0 },
  eavesdropper: { noise: 0.01, eve: 1 },
} as const;

const WANTED = {
  exchanging: ["bb84:step"],
  secure: ["bb84:keyed"],
  noisy: ["INSUFFICIENT", "RECONCILE"],
  eavesdropper: ["QBER"],
} as const;

/** What alice's session tells of a real exchange with bob that ends this way; tries again where chance ends it otherwise. */
export async function exchangeThatIs(ending: Ending): Promise<readonly Told[]> {
  for (let attempt = 0; attempt < 40; attempt++) {
    const told = await exchangeOnce(CHANNELS[ending]);
    const last = told.at(-1)!;
    const came = last.name === "bb84:aborted" ? (last.detail as { code: string }).code : last.name;
    if (ending === "exchanging") {
      const until = told.findIndex(({ name, detail }) => name === "bb84:step" && (detail as BB84StepDetail).step === 4);
      if (until >= 0) return told.slice(0, until + 1);
    } else if ((WANTED[ending] as readonly string[]).includes(came)) return told;
  }
  throw new Error(`No exchange ended as ${ending}.`);
}

async function exchangeOnce(channel: { readonly noise: number; readonly eve: number }): Promise<Told[]> {
  const relay = createMemoryRelay();
  const secret = createRoomSecret();
  const member = (username: string): QsecSession =>
    new QsecSession({ transport: relay.transport(), room: "gallery", username, secret, channel });
  const [alice, bob] = [member("alice"), member("bob")];
  const told: Told[] = [];
  try {
    const end = new Promise<void>((resolve) => {
      for (const name of ["bb84:step", "bb84:aborted", "bb84:keyed"] as const)
        alice.addEventListener(name, ({ detail }) => {
          told.push({ name, detail });
          if (name !== "bb84:step") resolve();
        });
    });
    await Promise.all([alice.connect(), bob.connect()]);
    await end;
    return told;
  } finally {
    alice.destroy();
    bob.destroy();
  }
}
