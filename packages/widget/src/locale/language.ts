import { isServer, type ReactiveController, type ReactiveControllerHost } from "lit";
import { en, type Words } from "./en.js";
import { onTranslation, wordsFor } from "./registry.js";

type Host = ReactiveControllerHost & HTMLElement & { readonly words: Words };

/** One for all elements: it watches the page's `lang` attributes as long as anybody listens. */
let observer: MutationObserver | null = null;
const hosts = new Set<Host>();

/** The words of its host's language, which is that of the nearest `lang` around it. Renders the host when they change. */
export class Language implements ReactiveController {
  readonly #host: Host;
  #connected: AbortController | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get words(): Words {
    return isServer ? en : wordsFor(languageOf(this.#host));
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    onTranslation(() => this.#host.requestUpdate(), this.#connected.signal);
    hosts.add(this.#host);
    watch(this.#host);
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected?.abort();
    hosts.delete(this.#host);
    if (hosts.size > 0) return;
    observer?.disconnect();
    observer = null;
  }

  /** The direction of the words is that of what is around them, whatever the page's own is. */
  hostUpdate(): void {
    if (!isServer && this.#host.dir !== this.#host.words.direction) this.#host.dir = this.#host.words.direction;
  }
}

/** The page, and the host itself, which may stand in a shadow tree that the page's observer does not see. */
function watch(host: Host): void {
  const langs = { attributes: true, attributeFilter: ["lang"] };
  if (observer === null) {
    observer = new MutationObserver(() => hosts.forEach((each) => each.requestUpdate()));
    observer.observe(document.documentElement, { ...langs, subtree: true });
  }
  if (host.getRootNode() !== document) observer.observe(host, langs);
}

function languageOf(host: Element): string {
  for (let at: Node | null = host; at !== null; at = parentOf(at)) {
    if (at instanceof HTMLElement && at.lang !== "") return at.lang;
  }
  return "en";
}

function parentOf(node: Node): Node | null {
  return node instanceof ShadowRoot ? node.host : node.parentNode;
}
