import assert from "node:assert/strict";

export interface MetricsPage {
  readonly text: string;
  /** By name with labels, as in `rooms` or `refused_total{reason="host"}`; without the prefix `qsec2_relay_`. */
  readonly values: ReadonlyMap<string, number>;
}

const HELP = /^# HELP ([a-z][a-z0-9_]*) \S.*$/;
const TYPE = /^# TYPE ([a-z][a-z0-9_]*) (counter|gauge)$/;
const SAMPLE = /^([a-z][a-z0-9_]*)(\{[a-z]+="[^"\\]*"(?:,[a-z]+="[^"\\]*")*\})? (\S+)$/;

/** Reads the page as Prometheus does; what it could not read fails the test. */
export async function metricsPage(url: string): Promise<MetricsPage> {
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  const text = await answer.text();
  assert.ok(text.endsWith("\n"));
  const values = new Map<string, number>();
  const seen = new Set<string>();
  let [helped, typed, type] = ["", "", ""];
  for (const line of text.slice(0, -1).split("\n")) {
    if (line.startsWith("# HELP")) {
      [, helped] = HELP.exec(line) ?? assert.fail(line);
      assert.ok(!seen.has(helped), `${helped} is there twice`);
      seen.add(helped);
    } else if (line.startsWith("#")) {
      [, typed, type] = TYPE.exec(line) ?? assert.fail(line);
      assert.equal(typed, helped);
      assert.equal(type === "counter", typed.endsWith("_total"), `${typed} is a ${type}`);
    } else {
      const [, name, labels = "", value] = SAMPLE.exec(line) ?? assert.fail(line);
      assert.equal(name, typed);
      assert.ok(Number.isFinite(Number(value)), line);
      values.set(name.replace(/^qsec2_relay_/, "") + labels, Number(value));
    }
  }
  return { text, values };
}
