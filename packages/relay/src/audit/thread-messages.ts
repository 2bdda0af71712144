import type { RoomLogEntry } from "@qsec2/sdk/wire";

/** What the relay tells the thread that writes. */
export type ToThread =
  /** JSON of an array of `AuditRow`. */
  | { readonly rows: string }
  | {
      readonly ask: number;
      readonly what: "after";
      readonly room: string;
      readonly since: number;
      readonly limit: number;
    }
  | { readonly ask: number; readonly what: "latest"; readonly room: string; readonly limit: number }
  | { readonly ask: number; readonly what: "flush" | "close" };

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
}
