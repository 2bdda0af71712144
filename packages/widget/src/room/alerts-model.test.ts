import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../locale/en.js";
import { abortedDetail, BOB, CAROL, memberView } from "../testing/details.js";
import {
  abortText,
  NO_ALERTS,
  securityText,
  withAborted,
  withMembers,
  withoutPeer,
  withoutSecurity,
  withSecurity,
} from "./alerts-model.js";

const words = { ...en, language: "en" };
const tampered = { code: "DECRYPT", message: "m", level: "alarm", peer: BOB } as const;

test("an abort that waits for the person is an alert, one that retries by itself is not", () => {
  assert.equal(withAborted(NO_ALERTS, abortedDetail()).aborted.length, 1);
  assert.equal(withAborted(NO_ALERTS, abortedDetail({ willRetry: true })).aborted.length, 0);
});

test("there is at most one alert a peer, and a new run or the peer's leaving settles it", () => {
  let alerts = withAborted(withAborted(NO_ALERTS, abortedDetail()), abortedDetail({ attempt: 2 }));
  alerts = withAborted(alerts, abortedDetail({ peer: CAROL }));
  assert.deepEqual(
    alerts.aborted.map(({ peer, attempt }) => `${peer.name} ${attempt}`),
    ["bob 2", "carol 1"],
  );
  assert.deepEqual(
    withoutPeer(alerts, BOB.id).aborted.map(({ peer }) => peer.name),
    ["carol"],
  );
  assert.deepEqual(
    withMembers(alerts, [memberView()]).aborted.map(({ peer }) => peer.name),
    ["bob"],
  );
});

test("the same security event raises a count, and can be dismissed", () => {
  let alerts = withSecurity(withSecurity(NO_ALERTS, tampered), tampered);
  alerts = withSecurity(alerts, { ...tampered, peer: CAROL });
  assert.deepEqual(
    alerts.security.map(({ count }) => count),
    [2, 1],
  );
  assert.deepEqual(
    withoutSecurity(alerts, alerts.security[0]).security.map(({ detail }) => detail.peer?.name),
    ["carol"],
  );
});

test("emoji that differ are told once, by the stopped exchange", () => {
  assert.equal(withSecurity(NO_ALERTS, { ...tampered, code: "REJECTED" }), NO_ALERTS);
});

test("a changed key is told once, by the banner that asks for an answer", () => {
  assert.equal(withSecurity(NO_ALERTS, { ...tampered, code: "CHANGED" }), NO_ALERTS);
});

test("an abort for errors tells the measured rate, the limit, and that no key was made", () => {
  const text = abortText(abortedDetail({ qber: 0.2543, eve: 1 }), words);
  for (const part of ["bob", "simulated", "25.4%", "11%", "No key was made", "demonstration eavesdropper was on"])
    assert.ok(text.includes(part), part);
  assert.equal(abortText(abortedDetail({ qber: 0.2543 }), words).includes("eavesdropper"), false);
});

test("noise is not called an eavesdropper", () => {
  for (const code of ["INSUFFICIENT", "RECONCILE", "SIFT"] as const) {
    const text = abortText(abortedDetail({ code }), words);
    assert.ok(text.includes("too noisy"));
    assert.equal(/eavesdrop/i.test(text), false);
  }
});

test("other ends are told in the words of the protocol", () => {
  assert.ok(abortText(abortedDetail({ code: "REJECTED" }), words).includes("Someone may be between you"));
  assert.ok(abortText(abortedDetail({ code: "TIMEOUT" }), words).includes("did not answer in time"));
  assert.ok(
    abortText(abortedDetail({ code: "PROFILE", message: "Unknown profile." }), words).endsWith("Unknown profile."),
  );
  assert.ok(securityText(tampered, words).includes("this invite does not match, or the relay tampers"));
  assert.equal(
    securityText({ code: "NAME", message: "A name mismatch.", level: "alarm", peer: null }, words),
    "A name mismatch.",
  );
});
