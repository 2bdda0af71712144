import "../../define.js";
import { en } from "../../locale/en.js";
import { equal, includes, ok } from "../../testing/assert.js";
import { expectAccessible } from "../../testing/axe.js";
import { stepDetail } from "../../testing/details.js";
import { deep, textOf, until } from "../../testing/dom.js";
import { clearPage, place } from "../../testing/members.js";
import { sourceOf, tell } from "../../testing/panels.js";
import { SOURCES } from "./sources.js";

describe("the explanation of the steps", () => {
  afterEach(clearPage);

  it("follows the run, is gone through by hand, and follows again", async () => {
    const source = sourceOf();
    const panel = place("qsec-explanation", { session: source }, 320);
    await panel.updateComplete;
    deep<HTMLButtonElement>(panel, "[aria-expanded]")!.click();
    const shows = (name: string) => until(name, () => deep(panel, `[data-step=${name}]`));
    await shows("generate");
    tell(source, "bb84:step", stepDetail(3));
    await shows("measure");
    includes(textOf(panel), en.panels.explain.step.measure.eve);
    includes(textOf(panel), SOURCES.measure[0]);
    deep<HTMLButtonElement>(panel, "[data-go=on]")!.click();
    await shows("bases");
    tell(source, "bb84:step", stepDetail(6));
    await panel.updateComplete;
    ok(deep(panel, "[data-step=bases]"), "the chosen step");
    deep<HTMLButtonElement>(panel, "[data-go=run]")!.click();
    await shows("derive");
    await expectAccessible(panel);
  });

  it("speaks German and Arabic", async () => {
    for (const [lang, word] of [
      ["de", "Was das Relay davon sieht"],
      ["ar", "ما يراه المُرحِّل منه"],
    ] as const) {
      const panel = place("qsec-explanation", { lang }, 320);
      await until("the language", () => textOf(panel).length > 0 && panel.words.language === lang);
      deep<HTMLButtonElement>(panel, "[aria-expanded]")!.click();
      await until(word, () => textOf(panel).includes(word));
      equal(panel.dir, lang === "ar" ? "rtl" : "ltr");
    }
  });
});
