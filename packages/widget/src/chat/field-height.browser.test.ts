import { equal, ok } from "../testing/assert.js";
import { setHeight } from "./field-height.js";

describe("the height of a field", () => {
  it("follows its text both ways, within what its style allows", () => {
    const field = document.createElement("textarea");
    field.rows = 1;
    field.style.cssText =
      "box-sizing: border-box; border: 0; padding: 4px; font: 16px/20px serif; max-block-size: 120px";
    document.body.append(field);
    const heightOf = (text: string): number => {
      field.value = text;
      setHeight(field);
      return field.getBoundingClientRect().height;
    };
    try {
      const one = heightOf("one line");
      ok(one >= 20 && one < 40, `one line is ${one} px high`);
      equal(heightOf("one\ntwo\nthree"), one + 40);
      equal(heightOf("line\n".repeat(50)), 120);
      equal(heightOf(""), one);
    } finally {
      field.remove();
    }
  });
});
