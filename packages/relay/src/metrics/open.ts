import type { Metric } from "./exposition.js";
import { ProcessMetrics } from "./process-metrics.js";
import { serveMetrics, type MetricsServer } from "./server.js";

/**
 * Serves what `read` gives and how the process does.
 * @throws QsecError `bad_option` when the port cannot be used
 */
export async function openMetrics(port: number, read: () => readonly Metric[]): Promise<MetricsServer> {
  const process = new ProcessMetrics();
  const server = await serveMetrics(port, () => [...read(), ...process.read()]).catch((error: unknown) => {
    process.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    process.close();
    await server.close();
  };
  return { url: server.url, close };
}
