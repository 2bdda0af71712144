/**
 * `@qsec2/widget/lab`: importing it defines `<qsec-channel-lab>`, which a page of its own needs besides `@qsec2/widget/define`.
 * A room with the attribute `lab` fetches it by itself.
 * @module lab
 */
import { QsecChannelLab } from "./channel-lab.js";
import { QsecLabPlot } from "./lab-plot.js";

const ELEMENTS = { "qsec-channel-lab": QsecChannelLab, "qsec-lab-plot": QsecLabPlot };

for (const [name, element] of Object.entries(ELEMENTS))
  if (typeof customElements !== "undefined" && customElements.get(name) === undefined)
    customElements.define(name, element);

type Elements = { [Name in keyof typeof ELEMENTS]: InstanceType<(typeof ELEMENTS)[Name]> };

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface is how the platform's map is extended
  interface HTMLElementTagNameMap extends Elements {}
}
