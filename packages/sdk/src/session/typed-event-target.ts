/** An `EventTarget` whose events carry a detail by name: `Map` is event name → type of `event.detail`. */
export class TypedEventTarget<Map extends object> extends EventTarget {
  override addEventListener<Name extends keyof Map & string>(
    name: Name,
    listener: ((event: CustomEvent<Map[Name]>) => void) | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(name: string, listener: unknown, options?: boolean | AddEventListenerOptions): void {
    super.addEventListener(name, listener as EventListener, options);
  }

  override removeEventListener<Name extends keyof Map & string>(
    name: Name,
    listener: ((event: CustomEvent<Map[Name]>) => void) | null,
    options?: boolean | EventListenerOptions,
  ): void;
  override removeEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
  override removeEventListener(name: string, listener: unknown, options?: boolean | EventListenerOptions): void {
    super.removeEventListener(name, listener as EventListener, options);
  }

  /** A listener that throws is the platform's to report, and stops neither the others nor the session. */
  protected emit<Name extends keyof Map & string>(name: Name, detail: Map[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
