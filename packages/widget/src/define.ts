/**
 * `@qsec2/widget/define`: importing it defines `<qsec-room>` and the elements it is made of.
 * @module define
 */
import { defineElements } from "./define-elements.js";

// The types of the tags are declared there; without this line the declaration file would leave the import out.
export type {} from "./define-elements.js";

defineElements();
