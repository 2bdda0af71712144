/**
 * A reporter for Node's test runner that writes one JSON line: the runner's own counts, as it reports them at the end of
 * a run, the files that call for a test or a suite, and the files without a test, which it counts as tests that passed.
 *
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
export default async function* countReporter(events) {
  /** @type {Record<string, number>} */
  const counts = {};
  const files = new Set();
  /** @type {string[]} */
  const empty = [];
  for await (const { type, data } of events) {
    if (type === "test:diagnostic") {
      const match = /^(tests|pass|fail|cancelled|skipped|todo) (\d+)$/.exec(data.message);
      if (match?.[1] !== undefined) counts[match[1]] = Number(match[2]);
    }
    if ((type !== "test:pass" && type !== "test:fail") || data.nesting !== 0) continue;
    // A file without tests is reported as one test that has the file's name.
    if (data.name !== data.file) files.add(data.file);
    else if (type === "test:pass") empty.push(data.file);
  }
  yield JSON.stringify({ counts, files: [...files], empty }) + "\n";
}
