/** Gives the tag what cannot stand in the HTML: who is here, and the room secret out of the address. */
const form = document.querySelector("form");
const element = document.querySelector("qsec-room");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { relay } = await (await fetch("/settings.json")).json();
  element.setAttribute("relay", relay);
  element.setAttribute("username", new FormData(form).get("username").trim());
  element.setAttribute("secret", takeSecret() ?? newSecret());
  // The invite link leads back to this page, not to the relay.
  element.setAttribute("invite-page", location.origin);
  form.hidden = true;
  element.hidden = false;
});

element.addEventListener("qsec-message", ({ detail }) => {
  if (!detail.own) document.title = `${detail.fromName} wrote · Team page`;
});

/** The part after the # of an invite link. It is taken out of the address bar, so that no screenshot shows it. */
function takeSecret() {
  const secret = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  return secret === "" ? null : secret;
}

/** 32 random bytes as base64url: whoever has them can join, and the relay never gets them. */
function newSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
