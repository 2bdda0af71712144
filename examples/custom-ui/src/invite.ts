import { parseInvite, type Invite } from "@qsec2/sdk";

/**
 * The invite of the page's own address, `/room/<room>?expected=N#<secret>`, or null. The secret is taken out of the
 * address bar, so that no screenshot and no copied address shows it.
 */
export function takeInvite(): Invite | null {
  if (!location.pathname.startsWith("/room/")) return null;
  const invite = parseInvite(location.href);
  history.replaceState(null, "", location.pathname + location.search);
  return invite;
}
