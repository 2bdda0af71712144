import "../../define.js";
import { en } from "../../locale/en.js";
import { equal, includes, ok } from "../../testing/assert.js";
import { expectAccessible } from "../../testing/axe.js";
import { abortedDetail, stepDetail } from "../../testing/details.js";
import { deep, textOf, until } from "../../testing/dom.js";
import { clearPage, place } from "../../testing/members.js";
import { sourceOf, tell } from "../../testing/panels.js";
import { recordTrace } from "../trace/record.js";
import { TraceReplay } from "../trace/replay.js";
import { LOG_MAX } from "./entries.js";
import type { QsecEventLog } from "./event-log.js";

const press = (log: Element, name: string): void => deep<HTMLButtonElement>(log, `[data-log=${name}]`)!.click();
const rows = (log: QsecEventLog): number => log.renderRoot.querySelectorAll("ol li").length;

describe("the event log", () => {
  afterEach(clearPage);

  function started(): [QsecEventLog, EventTarget] {
    const source = sourceOf();
    const log = place("qsec-event-log", { session: source }, 320);
    for (const step of [1, 2, 3] as const) tell(source, "bb84:step", stepDetail(step));
    tell(source, "bb84:aborted", abortedDetail({ qber: 0.25 }));
    return [log, source];
  }

  it("filters and searches, and says so when nothing fits", async () => {
    const [log] = started();
    await until("rows", () => rows(log) === 4);
    const select = deep<HTMLSelectElement>(log, "select")!;
    select.value = "problems";
    select.dispatchEvent(new Event("change"));
    await until("one row", () => rows(log) === 1);
    const field = deep<HTMLInputElement>(log, "input[type=search]")!;
    field.value = "nowhere";
    field.dispatchEvent(new Event("input"));
    await until("a word", () => textOf(log).includes(en.panels.log.nothing));
    await expectAccessible(log);
  });

  it("stands still while it is paused, counts what comes, and shows it afterwards", async () => {
    const [log, source] = started();
    await until("rows", () => rows(log) === 4);
    press(log, "pause");
    for (const step of [4, 5] as const) tell(source, "bb84:step", stepDetail(step));
    await until("the count", () => textOf(log).includes(en.panels.log.paused(2)));
    equal(rows(log), 4, "rows");
    press(log, "pause");
    await until("all rows", () => rows(log) === 6);
  });

  it("draws a row once, however many come after it", async () => {
    const [log, source] = started();
    await until("rows", () => rows(log) === 4);
    const { DateTimeFormat } = Intl;
    let drawn = 0;
    Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
      construct: (made, args) => (drawn++, Reflect.construct(made, args) as object),
    });
    try {
      tell(source, "bb84:step", stepDetail(4));
      await until("the new row", () => rows(log) === 5);
    } finally {
      Intl.DateTimeFormat = DateTimeFormat;
    }
    equal(drawn, 1, "rows drawn");
  });

  it("is one log in two views, and the second goes with its dialog", async () => {
    const [log, source] = started();
    await until("rows", () => rows(log) === 4);
    press(log, "grow");
    const dialog = await until("the dialog", () => deep<HTMLDialogElement>(log, "dialog[open]"));
    tell(source, "bb84:step", stepDetail(6));
    await until("the new row in both", () => rows(log) === 10);
    equal(dialog.querySelectorAll("li").length, 5, "rows in the dialog");
    await expectAccessible(log);
    dialog.close();
    await until("one view", () => deep(log, "dialog") === null && rows(log) === 5);
  });

  it("exports the rows that are shown as JSON lines", async () => {
    const [log] = started();
    await until("rows", () => rows(log) === 4);
    const { createObjectURL } = URL;
    let blob: Blob | null = null;
    URL.createObjectURL = (file: Blob) => {
      blob = file;
      return "#";
    };
    try {
      press(log, "export");
    } finally {
      URL.createObjectURL = createObjectURL;
    }
    const lines = (await blob!.text()).trimEnd().split("\n");
    equal(lines.length, 4, "lines");
    equal((JSON.parse(lines[3]) as { tag: string }).tag, "BB84 ABORT");
  });

  it("keeps a bounded number of rows in a burst, and answers afterwards", async () => {
    const [log, source] = started();
    for (let attempt = 1; attempt <= 6_000; attempt++) tell(source, "bb84:step", stepDetail(1, { attempt }));
    await until("the rows", () => rows(log) === LOG_MAX);
    includes(textOf(log), en.log.dropped(6_004 - LOG_MAX));
  });

  it("shows a replay as far as it has come, also to a panel that comes later, and begins anew with it", async () => {
    const source = sourceOf();
    const recording = recordTrace(source);
    for (const step of [1, 2, 3] as const) tell(source, "bb84:step", stepDetail(step));
    const replay = new TraceReplay(recording.trace());
    replay.step();
    replay.step();
    const log = place("qsec-event-log", { trace: replay }, 320);
    await until("what was played", () => rows(log) === 2);
    replay.step();
    await until("the next", () => rows(log) === 3);
    replay.restart();
    await until("nothing", () => textOf(log).includes(en.log.empty));
    log.session = source;
    equal(log.trace, null, "trace");
    replay.finish();
    tell(source, "bb84:step", stepDetail(4));
    await until("the session alone", () => rows(log) === 1);
    ok(textOf(log).includes("4/6"), "the step of the session");
  });
});
