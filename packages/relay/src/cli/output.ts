/** Thrown when whoever reads our output has gone, as `head` does: the end, and no failure. */
export class NobodyReads extends Error {}

// Each write is told its own error; without a listener the stream would end the process before.
process.stdout.on("error", () => {});

/** Writes a line, as fast as it is read. @throws NobodyReads */
export async function print(line: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(`${line}\n`, (error) => {
      if (!error) resolve();
      else reject((error as NodeJS.ErrnoException).code === "EPIPE" ? new NobodyReads() : error);
    });
  });
}

/** On standard error: what is said about the output. */
export function note(text: string): void {
  process.stderr.write(`qsec2-relay: ${text}\n`);
}

/** Columns under their heads, as wide as needed. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...row[column]].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat(widths[column] - [...cell].length))
      .join("  ")
      .trimEnd(),
  );
}
