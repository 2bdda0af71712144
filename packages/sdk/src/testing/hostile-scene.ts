/** Sessions on a malicious relay in virtual time, and the four things that every attack on them must show. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { createRoomSecret, decodeRoomSecret, roomContext, type RoomContext } from "../handshake/room-secret.js";
import type { BB84AbortedDetail, MessageDetail, SecurityDetail } from "../room/events.js";
import type { QsecSessionOptions } from "../session/options.js";
import { QsecSession } from "../session/session.js";
import { fromBase64url } from "../wire/base64url.js";
import type { QsecError, QsecErrorCode } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import { Canary } from "./canary.js";
import { MaliciousRelay } from "./malicious-relay.js";
import { Puppet } from "./puppet.js";
import { VirtualClock } from "./virtual-clock.js";

/** How long an attack may have an effect after it has stopped; virtual milliseconds. */
const RECOVERY = 4 * 60_000;
const ROOM = "testroom";

/** A person's session, and what it has told so far. */
export class Person {
  readonly session: QsecSession;
  readonly security: SecurityDetail[] = [];
  readonly aborted: BB84AbortedDetail[] = [];
  readonly messages: MessageDetail[] = [];
  readonly errors: QsecError[] = [];

  constructor(session: QsecSession) {
    this.session = session;
    session.addEventListener("security", ({ detail }) => void this.security.push(detail));
    session.addEventListener("bb84:aborted", ({ detail }) => void this.aborted.push(detail));
    session.addEventListener("message", ({ detail }) => void this.messages.push(detail));
    session.addEventListener("error", ({ detail }) => void this.errors.push(detail.error));
  }

  get id(): MemberId {
    return this.session.id;
  }

  get name(): string {
    return this.session.username;
  }

  /** The texts of others, in order of arrival. */
  get read(): string[] {
    return this.messages.filter(({ own }) => !own).map(({ text }) => text);
  }

  get alarms(): QsecErrorCode[] {
    return this.security.filter(({ level }) => level === "alarm").map(({ code }) => code);
  }

  get notes(): QsecErrorCode[] {
    return this.security.filter(({ level }) => level === "note").map(({ code }) => code);
  }

  get abortCodes(): QsecErrorCode[] {
    return this.aborted.map(({ code }) => code);
  }

  badge(id: MemberId): string | undefined {
    return this.session.members.find((member) => member.id === id)?.badge;
  }
}

export class HostileScene {
  readonly clock = new VirtualClock();
  readonly canary = new Canary();
  readonly relay = new MaliciousRelay();
  readonly secret = createRoomSecret();
  readonly people: Person[] = [];
  readonly #puppets: Puppet[] = [];
  readonly #welcome = new Set<MemberId>();
  readonly #said = new Set<string>();
  #texts = 0;
  #recovered = false;

  begin(): void {
    this.clock.install();
    this.canary.install();
    this.canary.register("room secret", fromBase64url(this.secret));
    this.canary.register("pre-shared key", this.context().psk);
  }

  /** The room as the handshakes see it. */
  context(admission: "link" | "verify" | "open" = "link", secret = this.secret): RoomContext {
    return roomContext(admission, ROOM, admission === "link" ? decodeRoomSecret(secret) : null);
  }

  /** A session that is not connected yet: by default in `link` mode, with the room secret. */
  person(username: string, options: Partial<QsecSessionOptions> = {}): Person {
    const admission = options.admission ?? "link";
    const session = new QsecSession({
      transport: this.relay.transport(),
      room: ROOM,
      username,
      expected: 16,
      channel: { noise: 0 },
      ...(admission === "link" ? { secret: this.secret } : {}),
      ...options,
    });
    const person = new Person(session);
    this.people.push(person);
    this.#welcome.add(person.id);
    return person;
  }

  /** A dishonest client. One that knows the room secret may be let in. */
  puppet(
    name: string,
    {
      room = this.context(),
      seed,
      isMember = true,
    }: { room?: RoomContext; seed?: Uint8Array; isMember?: boolean } = {},
  ): Puppet {
    const puppet = new Puppet(name, room, this.relay.transport(), seed === undefined ? {} : { seed });
    this.#puppets.push(puppet);
    if (isMember) this.#welcome.add(puppet.id);
    return puppet;
  }

  /** A dishonest client with a session to each of two people, who wait for a room key of it. */
  async called(): Promise<{ mallory: Puppet; bob: Person; carol: Person }> {
    const mallory = this.puppet("mallory");
    await mallory.join();
    const [bob, carol] = [this.person("bob"), this.person("carol")];
    await this.connect(bob, carol);
    for (const { id } of [bob, carol]) await mallory.call(id);
    await this.clock.advance(500);
    return { mallory, bob, carol };
  }

  /** The relay keeps people apart: it passes nothing between two of whom it does not say so, and shows them as offline. */
  apart(meet: (a: MemberId, b: MemberId) => boolean): void {
    this.relay.listFor = (to, list) => ({
      ...list,
      members: list.members.map((member) => ({ ...member, online: member.id === to || meet(to, member.id) })),
    });
    this.relay.onPassing = ({ from, to, message }) => (from === null || meet(to, from) ? [message] : []);
    this.relay.tellLists();
  }

  /** Connects one after the other; what follows takes its time. */
  async connect(...people: Person[]): Promise<void> {
    for (const { session } of people) {
      void session.connect().catch((error: unknown) => this.#unlessDestroyed(error));
      await this.clock.settle();
    }
  }

  /** Connects them in order and waits until all share a room key. */
  async together(...names: (string | Person)[]): Promise<Person[]> {
    const people = names.map((name) => (typeof name === "string" ? this.person(name) : name));
    await this.connect(...people);
    await this.inOneEpoch(...people);
    return people;
  }

  /** Waits until all are secured in one epoch that has just them. */
  async inOneEpoch(...people: Person[]): Promise<void> {
    const together = () => this.#areOne(people, people.length);
    assert.ok(
      await this.clock.until(together, RECOVERY, 200),
      `not in one epoch: ${people.map(describePerson).join("; ")}`,
    );
  }

  /** Two people compare their emoji, which are the same, and say so. */
  async confirm(...people: Person[]): Promise<void> {
    const shown = () => people.every(({ session }) => session.pendingVerifications.length === 1);
    assert.ok(await this.clock.until(shown, 120_000), "emoji are shown on both sides");
    const [a, b] = people.map(({ session }) => session.pendingVerifications[0]);
    assert.deepEqual(a.emoji, b.emoji);
    for (const { session } of people) await session.confirm(session.pendingVerifications[0].peer.id);
  }

  /** Says a text in somebody's name, as soon as the room lets them. */
  say(person: Person, text = `text number ${++this.#texts} of ${person.name}`): string {
    this.expect(person.id, text);
    void person.session.send(text).catch((error: unknown) => this.#unlessDestroyed(error));
    return text;
  }

  /** A text that its sender really sends, in whatever way. */
  expect(from: MemberId, text: string): void {
    this.canary.register("plaintext", text);
    this.#said.add(`${from} ${text}`);
  }

  /** Ends the attack; then the members share one epoch, and each reads what the others say. */
  async recovers(...people: Person[]): Promise<void> {
    this.relay.behave();
    await this.inOneEpoch(...people);
    const texts = people.map((person) => ({ person, text: this.say(person) }));
    const allRead = () =>
      texts.every(({ person, text }) => people.every((other) => other === person || other.read.includes(text)));
    assert.ok(
      await this.clock.until(allRead, RECOVERY, 200),
      `not all is read: ${people.map(describePerson).join("; ")}`,
    );
    assert.ok(this.#areOne(people, people.length), "the epoch is still one");
    this.#recovered = true;
  }

  /** No secret leaked, nothing false was accepted, and the attack was survived. */
  check(published: readonly Uint8Array[] = []): void {
    assert.deepEqual(this.canary.leaks(this.relay.seen, published), [], "secrets that the relay saw");
    for (const { name, messages, session, errors } of this.people) {
      const shown = messages.filter(({ own }) => !own).map(({ from, text }) => `${from} ${text}`);
      for (const message of shown) assert.ok(this.#said.has(message), `${name} reads what was never said: ${message}`);
      assert.equal(new Set(shown).size, shown.length, `${name} reads something twice`);
      for (const { id, badge, name: other } of session.members)
        assert.ok(badge === "waiting" || this.#welcome.has(id), `${name} has ${other} in the roster`);
      assert.deepEqual(
        errors.filter(({ code }) => code === "internal").map(({ cause }) => cause),
        [],
      );
    }
    assert.ok(this.#recovered, "the scene ends with a recovery");
  }

  end(): void {
    for (const { session } of this.people) session.destroy();
    for (const puppet of this.#puppets) puppet.leave();
    this.canary.uninstall();
    this.clock.uninstall();
  }

  #areOne(people: readonly Person[], count: number): boolean {
    const codes = new Set(people.map(({ session }) => session.epoch?.roomCode));
    const whole = people.every(({ session }) => session.state === "secured" && session.epoch?.members === count);
    return whole && codes.size === 1;
  }

  #unlessDestroyed(error: unknown): void {
    if ((error as QsecError).code !== "destroyed") throw error;
  }
}

function describePerson({ name, session, security, aborted }: Person): string {
  const { state, epoch, members } = session;
  const seen = members.map((member) => `${member.name}:${member.badge}/${member.keyState}`).join(" ");
  const codes = [...security, ...aborted].map(({ code }) => code).join(" ");
  return `${name} is ${state} in epoch ${epoch?.number} (${epoch?.roomCode}) with ${seen}, codes: ${codes}`;
}

type Attack = (scene: HostileScene) => Promise<Uint8Array[] | void>;

/** One attack of the table in the protocol's chapter on tests, in one scene or several; each is checked when it is over. */
export function row(number: number, name: string, ...attacks: readonly Attack[]): void {
  attack(`row ${number}: ${name}`, ...attacks);
}

/** One attack, in one scene or several; each is checked when it is over. */
export function attack(name: string, ...attacks: readonly Attack[]): void {
  it(name, async () => {
    for (const happens of attacks) {
      const scene = new HostileScene();
      scene.begin();
      try {
        const published = await happens(scene);
        scene.check(published ?? []);
      } finally {
        scene.end();
      }
    }
  });
}
