/** The landing page's own markup with its own script; leaving the page is for the end-to-end tests. */
async function openLanding(): Promise<void> {
  const text = await (await fetch(new URL("landing.html", import.meta.url))).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  document.body.replaceChildren(...page.body.childNodes);
  await import("./landing.js");
}

const input = (id: string): HTMLInputElement => document.querySelector(`input#${id}`)!;
const note = (id: string): HTMLElement => document.querySelector(`#${id}`)!;

function type(id: string, text: string): void {
  input(id).value = text;
  input(id).dispatchEvent(new Event("input", { bubbles: true }));
}

function expect(condition: unknown, what: string): void {
  if (!condition) throw new Error(`not so: ${what}`);
}

describe("the landing page", () => {
  before(openLanding);
  beforeEach(() => ["room", "username"].forEach((id) => type(id, "")));

  it("tells what is wrong beside each field, and goes to the first", () => {
    document.querySelector("button")!.click();
    for (const id of ["room", "username"]) {
      expect(!note(`${id}-error`).hidden && note(`${id}-error`).textContent !== "", `error of ${id}`);
      expect(input(id).getAttribute("aria-invalid") === "true", `${id} is invalid`);
    }
    expect(note("expected-error").hidden, "no error of the capacity");
    expect(document.activeElement === input("room"), "focus in the first field");
  });

  it("takes an error away as soon as the field changes", () => {
    document.querySelector("button")!.click();
    type("username", "alice");
    expect(note("username-error").hidden && !input("username").hasAttribute("aria-invalid"), "no error left");
  });

  it("takes a pasted invite link apart and forgets it when the room ID is changed by hand", () => {
    type("room", `${location.origin}/room/standup?expected=5#${"A".repeat(43)}`);
    expect(input("room").value === "standup" && input("expected").value === "5", "room and capacity");
    expect(!note("invite-note").hidden && input("compare").disabled, "invite recognised");
    type("room", "standup2");
    expect(note("invite-note").hidden && !input("compare").disabled, "invite forgotten");
  });

  it("says in words why a link is no invite", () => {
    type("room", "https://elsewhere.example/room/standup#" + "A".repeat(43));
    expect(note("room-error").textContent.includes("elsewhere.example"), "the other relay is named");
    type("room", `${location.origin}/room/standup?expected=5`);
    expect(note("room-error").textContent.includes("whole invite link"), "the missing end is named");
  });
});
