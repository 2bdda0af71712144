import type { Badge, KeyState } from "@qsec2/sdk";
import type { TemplateResult } from "lit";
import { alertIcon, circleIcon, keyIcon, linkIcon, lockIcon, shieldIcon, stopIcon, swapIcon } from "../theme/icons.js";

export interface Mark {
  readonly icon: TemplateResult;
  readonly tint: "muted" | "teal" | "amber" | "red";
}

const BADGES: Record<Badge, Mark> = {
  you: { icon: circleIcon, tint: "muted" },
  waiting: { icon: circleIcon, tint: "muted" },
  link: { icon: linkIcon, tint: "teal" },
  vouched: { icon: linkIcon, tint: "teal" },
  verified: { icon: shieldIcon, tint: "teal" },
  unverified: { icon: alertIcon, tint: "amber" },
  changed: { icon: alertIcon, tint: "red" },
};

const KEYS: Record<KeyState, Mark> = {
  none: { icon: circleIcon, tint: "muted" },
  exchanging: { icon: swapIcon, tint: "muted" },
  confirming: { icon: swapIcon, tint: "amber" },
  keyed: { icon: keyIcon, tint: "muted" },
  active: { icon: lockIcon, tint: "teal" },
  aborted: { icon: stopIcon, tint: "red" },
};

export function badgeMark(badge: Badge): Mark {
  return BADGES[badge];
}

export function keyMark(state: KeyState): Mark {
  return KEYS[state];
}

/** The first letter of a name, for the avatar. */
export function initialOf(name: string): string {
  return (name[Symbol.iterator]().next().value ?? "?").toLocaleUpperCase();
}
