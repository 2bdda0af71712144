import type { Words } from "./en.js";

/** Words of another language; what is left out is shown in English. */
export type Translation = Partial<{ readonly [Section in keyof Words]: Part<Words[Section]> }>;
type Part<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Part<T[K]> }
    : T;
