import "@qsec2/widget/define";
import "@qsec2/widget/lab";
import { LiveExchange } from "./live.js";
import { load } from "./recorded.js";
import { byId, panels, say } from "./page.js";

const live = new LiveExchange();

const recorded = await load("/trace.json");
for (const panel of panels) panel.trace = recorded.replay;

byId("play").addEventListener("click", () => {
  for (const panel of panels) panel.trace = recorded.replay;
  if (recorded.replay.playing) recorded.replay.pause();
  else recorded.replay.play();
});
byId("step").addEventListener("click", () => recorded.replay.step());
byId<HTMLSelectElement>("speed").addEventListener("change", (event) => {
  recorded.replay.speed = Number((event.currentTarget as HTMLSelectElement).value);
});
byId<HTMLInputElement>("file").addEventListener("change", async (event) => {
  const file = (event.currentTarget as HTMLInputElement).files?.[0];
  if (file !== undefined && recorded.read(await file.text())) for (const panel of panels) panel.trace = recorded.replay;
});

byId("live").addEventListener("click", async () => {
  const session = live.begin(byId<HTMLInputElement>("listen").checked);
  for (const panel of panels) panel.session = session;
  say("Exchanging …");
  say(await live.ended);
  byId<HTMLButtonElement>("save").disabled = false;
});
byId("save").addEventListener("click", () => live.save());
