import type { BB84AbortedDetail, MemberView, SecurityDetail } from "@qsec2/sdk";
import type { Words } from "../locale/en.js";
import { percent } from "../locale/format.js";
import { isNoise } from "../telemetry/run.js";

export interface SecurityAlert {
  readonly detail: SecurityDetail;
  readonly count: number;
}

export interface Alerts {
  /** Exchanges that ended without a key and wait for the person, at most one a peer. */
  readonly aborted: readonly BB84AbortedDetail[];
  readonly security: readonly SecurityAlert[];
}

export const NO_ALERTS: Alerts = { aborted: [], security: [] };

export function withAborted(alerts: Alerts, detail: BB84AbortedDetail): Alerts {
  const others = withoutPeer(alerts, detail.peer.id);
  return detail.willRetry ? others : { ...others, aborted: [...others.aborted, detail] };
}

/** A new run with the peer, or its leaving, settles the alert of the run before. */
export function withoutPeer(alerts: Alerts, peer: string): Alerts {
  if (!alerts.aborted.some((aborted) => aborted.peer.id === peer)) return alerts;
  return { ...alerts, aborted: alerts.aborted.filter((aborted) => aborted.peer.id !== peer) };
}

export function withMembers(alerts: Alerts, members: readonly MemberView[]): Alerts {
  const here = new Set(members.map((member) => member.id));
  return alerts.aborted
    .filter((aborted) => !here.has(aborted.peer.id))
    .reduce((rest, { peer }) => withoutPeer(rest, peer.id), alerts);
}

/**
 * True where the person said, or was told, that the emoji differ. The identity is shut out for the session, so there is
 * nothing to retry.
 */
export function isRejection(code: string): boolean {
  return code === "REJECTED";
}

/** The same event again raises a count instead of a second banner: an attacker must not be able to bury the room in them. */
export function withSecurity(alerts: Alerts, detail: SecurityDetail): Alerts {
  // The aborted exchange or the changed key says the same; what is only noted belongs to the event log.
  if (isRejection(detail.code) || detail.code === "CHANGED" || detail.level === "note") return alerts;
  const same = (alert: SecurityAlert): boolean =>
    alert.detail.code === detail.code && alert.detail.peer?.id === detail.peer?.id;
  const known = alerts.security.some(same);
  return {
    ...alerts,
    security: known
      ? alerts.security.map((alert) => (same(alert) ? { detail, count: alert.count + 1 } : alert))
      : [...alerts.security, { detail, count: 1 }],
  };
}

export function withoutSecurity(alerts: Alerts, dismissed: SecurityAlert): Alerts {
  return { ...alerts, security: alerts.security.filter((alert) => alert !== dismissed) };
}

/** An aborted exchange in plain words. */
export function abortText({ code, peer, qber, eve, message }: BB84AbortedDetail, { abort, language }: Words): string {
  if (code === "QBER" && qber !== undefined) {
    const text = abort.qber(peer.name, percent(qber, language));
    return eve !== undefined && eve > 0 ? `${text} ${abort.eve}` : text;
  }
  if (isNoise(code)) return abort.noisy(peer.name);
  if (code === "TIMEOUT" || code === "REJECTED") return abort[code](peer.name);
  return abort.other(peer.name, message);
}

const TAMPERED: ReadonlySet<string> = new Set(["DECRYPT", "BAD_SIG", "BAD_COMMIT"]);

/** A security event in plain words. */
export function securityText({ code, peer, message }: SecurityDetail, { security }: Words): string {
  return TAMPERED.has(code) ? security.tampered(peer?.name ?? security.someone) : message;
}
