import type { QsecSession } from "@qsec2/sdk";

/** What panels listen to in a test that tells them what happens: they see nothing of a session but its events. */
export function sourceOf(): EventTarget & QsecSession {
  return new EventTarget() as EventTarget & QsecSession;
}

export function tell(source: EventTarget, name: string, detail: unknown): void {
  source.dispatchEvent(new CustomEvent(name, { detail }));
}

export async function frames(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
}

/** Whether anything but transparency is on a flat canvas. */
export function painted(canvas: HTMLCanvasElement): boolean {
  if (canvas.width === 0 || canvas.height === 0) return false;
  const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value) => value !== 0);
}

/** Runs `during` as in a tab that nobody sees. */
export async function inHiddenTab(during: () => Promise<void>): Promise<void> {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
  document.dispatchEvent(new Event("visibilitychange"));
  try {
    await during();
  } finally {
    Reflect.deleteProperty(document, "hidden");
    document.dispatchEvent(new Event("visibilitychange"));
  }
}
