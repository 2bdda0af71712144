/**
 * The room secret of this entry of the tab's history.
 *
 * The fragment is taken out of the address bar, so a reload would lose it. `history.state` survives a reload, belongs
 * to this one entry of this one tab, is readable by this page's origin only, and is never sent anywhere; no storage is
 * written by the page. (A browser that restores tabs after a restart keeps it with the tab, as it would the fragment.)
 */
export interface HistoryLike {
  readonly state: unknown;
  replaceState(state: unknown, unused: string, url?: string): void;
}

interface KeptState {
  readonly qsec2Secret: string;
}

export function keptSecret(history: HistoryLike): string | null {
  const state = history.state as Partial<KeptState> | null;
  return typeof state?.qsec2Secret === "string" ? state.qsec2Secret : null;
}

/** Takes the fragment out of the address bar, keeps path and query, and remembers the secret with this entry. */
export function hideSecret(
  history: HistoryLike,
  location: Pick<Location, "pathname" | "search">,
  secret: string | null,
): void {
  const state: KeptState | null = secret === null ? null : { qsec2Secret: secret };
  history.replaceState(state, "", location.pathname + location.search);
}
