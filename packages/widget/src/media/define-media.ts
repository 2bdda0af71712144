/** Defines what is needed only where files and voices are: imported when the first of them is. */
import { QsecAttachment } from "./attachment.js";
import { QsecVoice } from "./voice.js";

const ELEMENTS = { "qsec-attachment": QsecAttachment, "qsec-voice": QsecVoice };

for (const [name, element] of Object.entries(ELEMENTS))
  if (customElements.get(name) === undefined) customElements.define(name, element);

type Elements = { [Name in keyof typeof ELEMENTS]: InstanceType<(typeof ELEMENTS)[Name]> };

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface is how the platform's map is extended
  interface HTMLElementTagNameMap extends Elements {}
}
