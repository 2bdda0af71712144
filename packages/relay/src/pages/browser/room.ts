import { checkUsername, QsecError } from "@qsec2/sdk/wire";
import "@qsec2/widget/define";
import { inputById, showFieldError } from "./field-errors.js";
import { hideSecret, keptSecret } from "./kept-secret.js";
import { readVisit, type Visit } from "./room-address.js";

const page = document.getElementById("page")!;

function show(templateId: string): void {
  const template = document.getElementById(templateId) as HTMLTemplateElement;
  page.replaceChildren(template.content.cloneNode(true));
}

function showProblem(message: string): void {
  show("problem");
  document.getElementById("problem-text")!.textContent = message;
}

/** Asks for a name: an invite link has none, and a name may be taken. */
function askName(visit: Visit, problem?: string): void {
  show("name");
  document.getElementById("name-room")!.textContent = visit.room;
  const field = inputById("username");
  const remember = inputById("remember");
  field.value = visit.username ?? "";
  remember.checked = visit.remember;
  showFieldError(field, problem);
  field.addEventListener("input", () => showFieldError(field, undefined));
  field.focus();
  page.querySelector("form")!.addEventListener("submit", (event) => {
    event.preventDefault();
    try {
      enter({ ...visit, username: checkUsername(field.value.trim()), remember: remember.checked });
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      showFieldError(field, error.message);
      field.focus();
    }
  });
}

function enter(visit: Visit & { readonly username: string }): void {
  keepInAddress(visit);
  document.title = `${visit.room} · QSEC2`;
  const element = document.createElement("qsec-room");
  Object.assign(element, {
    relay: location.origin,
    home: "/",
    room: visit.room,
    username: visit.username,
    expected: visit.expected,
    admission: visit.admission,
    secret: visit.secret ?? "",
    remember: visit.remember,
    profile: visit.profile ?? "",
    lab: visit.lab,
    noise: visit.noise,
    eve: visit.eve,
  });
  element.addEventListener("qsec-left", () => location.assign("/"));
  element.addEventListener("qsec-error", ({ detail: { error, fatal } }) => {
    const refused =
      fatal && error instanceof QsecError && (error.code === "name_taken" || error.code === "bad_username");
    if (refused)
      askName(visit, error.code === "name_taken" ? "Someone in this room already uses this name." : error.message);
  });
  page.replaceChildren(element);
}

/** Puts the name and the choice to be remembered into the query, as the landing page does: a reload does not ask again. */
function keepInAddress({ username, remember }: Visit & { readonly username: string }): void {
  const query = new URLSearchParams(location.search);
  query.set("username", username);
  if (remember) query.set("remember", "");
  else query.delete("remember");
  history.replaceState(history.state, "", `${location.pathname}?${query}`);
}

function start(): void {
  // Another invite opened in this tab changes only the fragment: that does not load the page by itself.
  addEventListener("hashchange", () => location.reload());
  let visit: Visit;
  try {
    visit = readVisit(location, keptSecret(history));
  } catch (error) {
    if (!(error instanceof QsecError)) throw error;
    showProblem(error.message);
    return;
  }
  hideSecret(history, location, visit.secret);
  if (visit.admission === "link" && visit.secret === null) {
    showProblem(
      "The room secret is missing from this address. Open the whole invite link, with the part after the # sign.",
    );
  } else if (visit.username === null) {
    askName(visit);
  } else {
    enter({ ...visit, username: visit.username });
  }
}

start();
