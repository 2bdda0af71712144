/**
 * A reporter for Node's test runner that writes one JSON line: the runner's own counts, as it reports them at the end of
 * a run, and the files that ran without a single test.
 *
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
export default async function* countReporter(events) {
  /** @type {Record<string, number>} */
  const counts = {};
  /** @type {string[]} */
  const empty = [];
  for await (const { type, data } of events) {
    if (type === "test:diagnostic") {
      const match = /^(tests|pass|fail|cancelled|skipped|todo) (\d+)$/.exec(data.message);
      if (match?.[1] !== undefined) counts[match[1]] = Number(match[2]);
    }
    // A file without tests is reported as one passing test that has the file's name.
    if (type === "test:pass" && data.nesting === 0 && data.file !== undefined && data.name === data.file) {
      empty.push(data.file);
    }
  }
  yield JSON.stringify({ counts, empty }) + "\n";
}
