import type { RoomLogEntry } from "@qsec2/sdk/wire";

/** What the relay asks the thread that writes; each is answered once. */
export type Question = { readonly ask: number } & (
  | { readonly what: "after"; readonly room: string; readonly since: number; readonly limit: number }
  | { readonly what: "latest"; readonly room: string; readonly limit: number }
  | { readonly what: "flush" | "close" }
);

/** What the relay tells the thread. `rows`: JSON of an array of `AuditRow`. */
export type ToThread = { readonly rows: string } | Question;

/** What the thread answers. */
export type FromThread =
  | { readonly event: "open" }
  | { readonly event: "refused"; readonly message: string }
  /** Rows of those that it was sent are in the file. */
  | { readonly event: "written"; readonly rows: number }
  | { readonly event: "failed"; readonly message: string }
  | { readonly event: "answer"; readonly ask: number; readonly entries: readonly RoomLogEntry[] };

/** What the thread is started with. */
export interface ThreadData {
  readonly file: string;
  /** `Bell.buffer()` */
  readonly bell: SharedArrayBuffer;
}
