/**
 * `@qsec2/widget/react`: importing it defines the elements, and tells TypeScript what they take in the JSX of React 19.
 * Properties go by their own names (`shareHistory`), events by `on` and their name (`onqsec-message`).
 * @module react
 */
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import "./define.js";
import type { ElementProps, QsecElementName, QsecEventName } from "./frameworks/element-props.js";
import type { QsecRoomEventMap } from "./room/events.js";

type Handlers = { [Name in QsecEventName as `on${Name}`]?: (event: QsecRoomEventMap[Name]) => void };

/** What one element takes in JSX: its properties, the handlers of its events, and what every element takes. */
export type QsecElementProps<E extends HTMLElement> = ElementProps<E> &
  Handlers &
  Omit<DetailedHTMLProps<HTMLAttributes<E>, E>, keyof ElementProps<E>>;

/** The elements by name. */
export type QsecIntrinsicElements = {
  [Name in QsecElementName]: QsecElementProps<HTMLElementTagNameMap[Name]>;
};

declare module "react" {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- React's own way to be told of elements
  namespace JSX {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface is how it is extended
    interface IntrinsicElements extends QsecIntrinsicElements {}
  }
}
