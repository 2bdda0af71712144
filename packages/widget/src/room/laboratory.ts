/** The laboratory is a chunk of its own. Where it cannot be fetched its element stays empty, and the next room asks again. */
export function loadLaboratory(): void {
  import("../telemetry/lab/define-lab.js").catch((error: unknown) => reportError(error));
}
