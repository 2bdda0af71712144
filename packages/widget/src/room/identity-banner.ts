import type { IdentityChange } from "@qsec2/sdk";
import { html, type TemplateResult } from "lit";
import type { Words } from "../locale/en.js";
import { day } from "../locale/format.js";
import { alertIcon } from "../theme/icons.js";

export interface IdentityAnswers {
  readonly compare: () => unknown;
  readonly accept: () => unknown;
}

/** A name that came with another key. It stays until the person has answered: there is no way to dismiss it. */
export function identityBanner(change: IdentityChange, words: Words, answers: IdentityAnswers): TemplateResult {
  const { identity, members, security, language } = words;
  const { peer, code, pinned } = change;
  return html`<div class="banner red changed" role="alert" part="alert">
    ${alertIcon}
    <p>
      <strong>${security.title}.</strong> ${identity.changed(peer.name, day(pinned.since, language))}
      ${pinned.verified ? identity.verified : ""}
      <span class="codes">${identity.codes(pinned.code, code)}</span>
    </p>
    <div class="answers">
      <button class="small" aria-label=${members.compareWith(peer.name)} @click=${answers.compare}>
        ${members.compare}
      </button>
      <button class="small" aria-label=${identity.acceptOf(peer.name)} @click=${answers.accept}>
        ${identity.accept}
      </button>
    </div>
  </div>`;
}
