import assert from "node:assert/strict";
import { test } from "node:test";
import { QsecError } from "@qsec2/sdk/wire";
import { en } from "../../locale/en.js";
import { abortedDetail, memberView, messageDetail, stepDetail } from "../../testing/details.js";
import { append, describeEvent, EMPTY_LOG, LOG_MAX } from "./entries.js";

const words = { ...en, language: "en" };

test("a message is logged by sender, epoch and number, without its text", () => {
  const rows = describeEvent("message", messageDetail({ text: "the secret plan", seq: 7 }), words);
  assert.deepEqual(rows, [{ level: "info", tag: "RECEIVED", text: "bob epoch 2 seq 7" }]);
  assert.equal(describeEvent("message", messageDetail({ own: true }), words)[0].tag, "SENT");
});

test("a step says what it has counted", () => {
  const [row] = describeEvent(
    "bb84:step",
    stepDetail(5, { counts: { qubits: 4096, matched: 2051 }, qber: 0.012 }),
    words,
  );
  assert.equal(row.text, "bob 5/6 sift and estimate · 2051 matched · QBER 1.2%");
  assert.equal(describeEvent("bb84:step", stepDetail(1), words)[0].text, "bob 1/6 generate · 4096 qubits");
});

test("an abort is bad news when it is final and a warning when another run follows", () => {
  const final = describeEvent("bb84:aborted", abortedDetail({ qber: 0.254 }), words)[0];
  assert.deepEqual([final.level, final.text], ["bad", "bob QBER · QBER 25.4%"]);
  assert.equal(
    describeEvent("bb84:aborted", abortedDetail({ code: "RECONCILE", willRetry: true }), words)[0].level,
    "warn",
  );
});

test("each line of the relay is a row of its own, marked as what the relay says", () => {
  const entries = [1, 2].map((id) => ({ id, message: `[USER_JOIN] room=r user=u${id}`, created_at: "" }));
  const rows = describeEvent("relay:log", { entries }, words);
  assert.deepEqual(
    rows.map(({ tag, text }) => `${tag} ${text}`),
    ["RELAY relay says [USER_JOIN] room=r user=u1", "RELAY relay says [USER_JOIN] room=r user=u2"],
  );
});

test("members, states and errors are told in a few words", () => {
  assert.equal(
    describeEvent("members", { members: [memberView(), memberView({ online: false })] }, words)[0].text,
    "1 in the room",
  );
  assert.equal(
    describeEvent("state", { state: "secured", previous: "exchanging" }, words)[0].text,
    "exchanging → secured",
  );
  assert.equal(
    describeEvent("error", { error: new QsecError("rate_limited", "Too fast.") }, words)[0].text,
    "rate_limited · Too fast.",
  );
});

test("the log keeps the newest rows, counts what it dropped, and never gives a number twice", () => {
  let log = EMPTY_LOG;
  for (let i = 0; i < LOG_MAX + 3; i++) log = append(log, [{ level: "info", tag: "T", text: String(i) }], 0);
  assert.equal(log.entries.length, LOG_MAX);
  assert.equal(log.dropped, 3);
  assert.equal(log.entries[0].text, "3");
  assert.equal(new Set(log.entries.map(({ id }) => id)).size, LOG_MAX);
  assert.equal(log.entries.at(-1)!.id, LOG_MAX + 2);
});
