/**
 * `@qsec2/widget/vue`: importing it defines the elements, and tells Vue's language tools what they take in a template.
 * Vue must be told that they are elements and not components: `isCustomElement` of its compiler.
 * @module vue
 */
import type { HTMLAttributes, ReservedProps } from "vue";
import "./define.js";
import type { ElementProps, QsecElementName, QsecEventName } from "./frameworks/element-props.js";
import type { QsecRoomEventMap } from "./room/events.js";

/** `qsec-key-status` → `QsecKeyStatus` */
type PascalCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${PascalCase<Rest>}`
  : Capitalize<Name>;

type Handlers = { [Name in QsecEventName as `on${PascalCase<Name>}`]?: (event: QsecRoomEventMap[Name]) => void };

/** How an element looks to Vue's language tools: as a component with these props. */
export type QsecVueElement<E extends HTMLElement> = new () => {
  $props: ElementProps<E> & Handlers & Omit<HTMLAttributes, keyof ElementProps<E>> & ReservedProps;
};

/** The elements by name. */
export type QsecVueElements = { [Name in QsecElementName]: QsecVueElement<HTMLElementTagNameMap[Name]> };

declare module "vue" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface is how it is extended
  interface GlobalComponents extends QsecVueElements {}
}
