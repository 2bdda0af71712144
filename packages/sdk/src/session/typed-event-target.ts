// Taken from the platform's own method, as these types have other names, or none, in a program without the DOM's.
type Listener = Parameters<EventTarget["addEventListener"]>[1];
type AddOptions = Parameters<EventTarget["addEventListener"]>[2];
type RemoveOptions = Parameters<EventTarget["removeEventListener"]>[2];

/** An `EventTarget` whose events carry a detail by name: `Map` is event name → type of `event.detail`. */
export class TypedEventTarget<Map extends object> extends EventTarget {
  /** Listens to an event by its name; the types of the details are those of `Map`. */
  override addEventListener<Name extends keyof Map & string>(
    name: Name,
    listener: ((event: CustomEvent<Map[Name]>) => void) | null,
    options?: AddOptions,
  ): void;
  /** As the platform's own, for other names. */
  override addEventListener(name: string, listener: Listener, options?: AddOptions): void;
  override addEventListener(name: string, listener: unknown, options?: AddOptions): void {
    super.addEventListener(name, listener as Listener, options);
  }

  /** Takes a listener away. */
  override removeEventListener<Name extends keyof Map & string>(
    name: Name,
    listener: ((event: CustomEvent<Map[Name]>) => void) | null,
    options?: RemoveOptions,
  ): void;
  /** As the platform's own, for other names. */
  override removeEventListener(name: string, listener: Listener, options?: RemoveOptions): void;
  override removeEventListener(name: string, listener: unknown, options?: RemoveOptions): void {
    super.removeEventListener(name, listener as Listener, options);
  }

  /** A listener that throws is the platform's to report, and stops neither the others nor the session. */
  protected emit<Name extends keyof Map & string>(name: Name, detail: Map[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
