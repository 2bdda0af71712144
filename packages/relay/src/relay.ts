import type { Server as HttpServer } from "node:http";
import { Server, type Socket } from "socket.io";
import { openAudit } from "./audit/open.js";
import type { RelayContext, RelayServer } from "./context.js";
import { Counters } from "./counters.js";
import { expireBlobs } from "./handlers/blobs.js";
import { connected } from "./handlers/connection.js";
import { removeOverdue } from "./handlers/leave.js";
import { GRACE_INTERVAL, GRACE_INTERVAL_MIN, SWEEP_INTERVAL } from "./limits.js";
import { loggerFor } from "./log.js";
import { openMetrics } from "./metrics/open.js";
import { relayMetrics } from "./metrics/relay-metrics.js";
import type { MetricsServer } from "./metrics/server.js";
import { resolveOptions, type RelayOptions, type RelaySettings } from "./options.js";
import { readinessOf, type Readiness, type RelayStats } from "./relay-stats.js";
import { Rings } from "./ring/rings.js";
import { Timers } from "./rooms/timers.js";
import { addressOf } from "./socket/address.js";
import { Addresses } from "./socket/addresses.js";
import { admission } from "./socket/admission.js";
import { attach } from "./socket/attach.js";
import { guardConnection } from "./socket/guard-connection.js";
import { refusalLog } from "./socket/refusal-log.js";
import { heartbeatTimes, socketServerOptions } from "./socket/server-options.js";
import { openState } from "./state.js";
import { Traffic } from "./traffic.js";

/** A relay on an HTTP server of yours. */
export interface Relay {
  /** A fresh snapshot at every access. */
  readonly stats: RelayStats;
  /** As `/readyz` of `startRelay` says it; for the same in a server of yours. */
  readonly readiness: Readiness;
  /** Where the metrics are; undefined without the option `metrics`. */
  readonly metricsUrl: string | undefined;
  /**
   * Tells the clients, closes their sockets and the audit log. The HTTP server goes on without the relay, as it was
   * before. May be called more than once.
   */
  close(): Promise<void>;
}

/**
 * Ties a relay to an HTTP server of yours: it takes the path `/socket.io/`, everything else stays with the server. To run
 * a relay with its pages on a port of its own, see `startRelay`.
 *
 * @throws QsecError `bad_option`
 * @example
 * const server = createServer(app);
 * const relay = await createRelay(server, { db: "data/chat.db", cors: ["https://chat.example"] });
 * server.listen(3000);
 */
export async function createRelay(httpServer: HttpServer, options: RelayOptions = {}): Promise<Relay> {
  return assembleRelay(httpServer, options, new Counters());
}

/** The same, with counters that somebody else counts with too. */
export async function assembleRelay(httpServer: HttpServer, options: RelayOptions, counters: Counters): Promise<Relay> {
  const settings = resolveOptions(options);
  const log = loggerFor(settings);
  const ownAudit =
    settings.audit ??
    (await openAudit(settings.db, {
      onFailure: (err) => log.error({ err }, "the audit log cannot be written or read"),
      onRecovery: ({ dropped }) => log.warn({ dropped }, "the audit log is written again"),
    }));
  let draining = false;
  let closing: Promise<void> | undefined;
  const addresses = new Addresses(settings);
  const admit = admission({
    ...{ settings, addresses, counters, draining: () => draining, connections: () => io.engine.clientsCount },
    refused: refusalLog(log),
  });
  const io: RelayServer = new Server(socketServerOptions(settings, admit, () => counters.refuse("malformed")));
  const state = await openState(settings, io, log).catch(async (error: unknown) => {
    await ownAudit.close();
    throw error;
  });
  const readiness = (): Readiness => readinessOf(draining, state.redis);
  const { rooms, spread, blobs, messages } = state;
  const audit = state.shareAudit(ownAudit);
  const timerFailed = (err: unknown): void => log.error({ err }, "a timer failed");
  const context: RelayContext = {
    io,
    settings,
    ...{ rooms, spread, audit, blobs, messages, counters, addresses },
    rings: ringsFor(settings),
    traffic: new Traffic(),
    log,
    joinDeadlines: new Timers(timerFailed),
    draining: () => draining,
  };
  const stats = (): RelayStats => ({
    ...{ rooms: rooms.rooms, members: rooms.members, sockets: io.engine.clientsCount },
    ...{ passed: context.traffic.stats, refused: counters.snapshot(), audit: audit.stats },
    ...{ files: blobs.stats, history: messages.stats, ring: context.rings.stats, redis: state.redis },
  });
  // Before the HTTP server has been touched, so that a port in use leaves it as it was.
  const metrics = await metricsFor(settings, stats, readiness).catch(async (error: unknown) => {
    await Promise.all([state.close(), ownAudit.close()]);
    throw error;
  });
  const sweep = setInterval(() => {
    addresses.sweep();
    void removeExpired(context).catch((err: unknown) =>
      log.error({ err }, "files or messages whose time is over cannot be removed"),
    );
  }, SWEEP_INTERVAL);
  sweep.unref();
  const graceCheck = setInterval(
    () => void removeOverdue(context).catch((err: unknown) => log.error({ err }, "members cannot be removed")),
    graceInterval(settings.grace),
  );
  graceCheck.unref();
  const detach = attach(io, httpServer);
  io.engine.on("connection", (connection: Socket["conn"]) => {
    const address = addressOf(connection.request, settings.trustProxy);
    addresses.enter(address);
    connection.once("close", () => addresses.leave(address));
    guardConnection(connection, settings, counters);
  });
  io.on("connection", (socket) => connected(context, socket));

  const stop = async (): Promise<void> => {
    draining = true;
    clearInterval(sweep);
    clearInterval(graceCheck);
    await Promise.all([drain(context), state.close()]); // a slow disk does not keep the seats of this relay
    detach();
    await metrics?.close();
  };
  return {
    get stats(): RelayStats {
      return stats();
    },
    get readiness(): Readiness {
      return readiness();
    },
    metricsUrl: metrics?.url,
    close: () => (closing ??= stop()),
  };
}

async function metricsFor(
  { metrics }: RelaySettings,
  stats: () => RelayStats,
  readiness: () => Readiness,
): Promise<MetricsServer | undefined> {
  return metrics === false ? undefined : openMetrics(metrics, () => relayMetrics(stats(), readiness()));
}

/** A link that is gone is noticed after a ping at most, and its seat is given up after the grace time. */
function ringsFor(settings: RelaySettings): Rings {
  // A ring is one process's: of what another relay passes on it would know nothing.
  const { pingInterval, pingTimeout } = heartbeatTimes(settings.heartbeat);
  const limits = settings.redis === false ? settings : { ...settings, ring: 0 };
  return new Rings(limits, pingInterval + pingTimeout + settings.grace * 1000);
}

/** How often it is looked for members whose grace time is over, milliseconds: short grace times are kept more exactly. */
function graceInterval(grace: number): number {
  return Math.min(GRACE_INTERVAL, Math.max(GRACE_INTERVAL_MIN, grace * 100));
}

async function drain({ io, audit, joinDeadlines }: RelayContext): Promise<void> {
  const refusal = {
    ok: false,
    code: "draining",
    message: "The relay is stopping; connect again in a moment.",
  } as const;
  io.local.emit("relay_error", { ...refusal, event: "disconnect" });
  // The engine, not `io.close()`: that would close the HTTP server, which is its owner's; nor `disconnectSockets()`:
  // clients take that as an order not to come back.
  io.engine.close();
  joinDeadlines.cancelAll();
  await audit.close();
}

async function removeExpired(context: RelayContext): Promise<void> {
  await expireBlobs(context);
  await context.messages.expire();
  context.rings.expire();
}
