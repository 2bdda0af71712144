import { createRoomSecret } from "@qsec2/sdk";
import { sendKeys } from "@web/test-runner-commands";
import "../define.js";
import { equal, ok } from "../testing/assert.js";
import { expectAccessible } from "../testing/axe.js";
import { deep, until } from "../testing/dom.js";
import { clearPage, place } from "../testing/members.js";
import type { QsecRoom } from "./room.js";

const shown = (element: Element): boolean => element.getClientRects().length > 0;
const focused = (room: QsecRoom): Element | null => room.shadowRoot!.activeElement;

describe("the side columns in a narrow host", () => {
  afterEach(() => clearPage());

  async function placed(width: number): Promise<QsecRoom> {
    const room = place(
      "qsec-room",
      { relay: location.origin, room: "standup", username: "alice", secret: createRoomSecret() },
      width,
    );
    await room.updateComplete;
    return room;
  }

  it("stand beside the conversation where there is room, without buttons for drawers", async () => {
    const room = await placed(1280);
    ok(shown(deep(room, ".sidebar")!) && shown(deep(room, ".telemetry")!), "columns");
    equal(shown(deep(room, "[data-open]")!), false, "drawer button");
  });

  it("fill the host's box exactly", async () => {
    const room = await placed(1280);
    const [box, host] = [room.parentElement!.getBoundingClientRect(), room.getBoundingClientRect()];
    equal(host.width, box.width);
    equal(host.height, box.height);
  });

  for (const drawer of ["sidebar", "telemetry"] as const) {
    it(`opens the ${drawer} from the keyboard and gives the focus back on Escape`, async () => {
      const room = await placed(360);
      const [column, button] = [deep(room, `.${drawer}`)!, deep(room, `[data-open=${drawer}]`)!];
      equal(shown(column), false, "drawer at first");
      button.focus();
      await sendKeys({ press: "Enter" });
      await until("the drawer", () => shown(column));
      equal(button.getAttribute("aria-expanded"), "true");
      await until("focus in the drawer", () => column.contains(focused(room)));
      ok(deep<HTMLElement>(room, ".centre")!.inert, "conversation inert");
      await expectAccessible(room);
      await sendKeys({ press: "Escape" });
      await until("the end of the drawer", () => !shown(column));
      await until("focus back", () => focused(room) === button);
    });
  }

  it("close by themselves when the host becomes wide", async () => {
    const room = await placed(360);
    deep(room, "[data-open=telemetry]")!.click();
    await until("the drawer", () => deep(room, ".scrim"));
    room.parentElement!.style.setProperty("inline-size", "1280px");
    await until("the end of the drawer", () => deep(room, ".scrim") === null);
    equal(deep<HTMLElement>(room, ".centre")!.inert, false);
  });

  it("keeps a dialog of it on the screen, when the host becomes narrow", async () => {
    const room = await placed(1280);
    deep<HTMLButtonElement>(room, "[data-log=grow]")!.click();
    const dialog = await until("the dialog", () => deep(room, "dialog[open]"));
    room.parentElement!.style.setProperty("inline-size", "360px");
    await until("the drawer", () => deep(room, ".telemetry.open"));
    ok(shown(dialog), "dialog");
  });

  it("never scroll sideways at 320 px", async () => {
    const room = await placed(320);
    const columns = deep(room, ".columns")!;
    ok(columns.scrollWidth <= columns.clientWidth, "width of the columns");
  });
});
