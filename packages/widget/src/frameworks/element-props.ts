/** What the elements take and tell, worked out from their classes, for the templates of React and Vue. */
import type { LitElement } from "lit";
import type {} from "../define-elements.js";
import type { QsecRoomEventMap } from "../room/events.js";

/** The name of an element of this package, such as `qsec-room`. */
export type QsecElementName = Extract<keyof HTMLElementTagNameMap, `qsec-${string}`>;

/** Names that can be set: the two object types are the same only where neither of them is read-only. */
type WritableName<E> = {
  [Name in keyof E]-?: IsSame<{ [N in Name]: E[Name] }, { -readonly [N in Name]: E[Name] }> extends true ? Name : never;
}[keyof E];

type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The names of the properties that an element has beyond those that every element of Lit has, methods left out. */
type OwnName<E> = {
  [Name in Exclude<WritableName<E>, keyof LitElement>]: E[Name] extends (...args: never) => unknown ? never : Name;
}[Exclude<WritableName<E>, keyof LitElement>];

/** The properties of an element, all of them optional. */
export type ElementProps<E> = Partial<Pick<E, OwnName<E>>>;

/** Names of the events that bubble out of the elements. */
export type QsecEventName = keyof QsecRoomEventMap;
