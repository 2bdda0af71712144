import { html } from "lit";

/** Colours that a canvas draws with, as the browser resolved them for the current theme. */
export interface Palette {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly teal: string;
  readonly amber: string;
  readonly red: string;
}

const NAMES = ["text", "muted", "line", "teal", "amber", "red"] as const;

/** Hidden elements whose computed colour is a resolved token: a canvas cannot read `var()` or `light-dark()`. */
export const paletteProbes = html`<span hidden>${NAMES.map((name) => html`<i data-colour=${name}></i>`)}</span>`;

/** Reads the probes in `root`. The declarations are live, so a theme that changes shows at the next read. */
export function livePalette(root: ParentNode): () => Palette {
  const styles = NAMES.map((name) => {
    const probe = root.querySelector(`[data-colour="${name}"]`);
    return [name, probe === null ? null : getComputedStyle(probe)] as const;
  });
  return () => Object.fromEntries(styles.map(([name, style]) => [name, style?.color ?? "gray"])) as unknown as Palette;
}
