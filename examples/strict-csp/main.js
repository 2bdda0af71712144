/**
 * The widget comes from another origin (`cdn` in settings.json), and the page holds it to the bytes that it knows: a
 * module whose hash is another one does not run.
 */
const settings = await (await fetch("/settings.json")).json();
await loadWidget(settings.cdn);

const invite = takeInvite();
const form = document.querySelector("form");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const element = document.createElement("qsec-room");
  const attributes = {
    relay: settings.relay,
    room: "clinic",
    expected: "2",
    secret: invite ?? newSecret(),
    username: new FormData(form).get("username").trim(),
    "invite-page": location.origin,
  };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  form.replaceWith(element);
});

/** What `<script type="module" src="…" integrity="…" crossorigin>` in the page does. */
function loadWidget({ src, integrity }) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    // Where Trusted Types are enforced, a script's address has to come from a policy that the header names.
    const policy = globalThis.trustedTypes?.createPolicy("clinic", {
      createScriptURL: (address) => (address === src ? address : ""),
    });
    Object.assign(script, { type: "module", integrity, crossOrigin: "anonymous", onload: resolve });
    script.onerror = () => reject(new Error(`${src} could not be loaded, or is not the file that it should be.`));
    script.src = policy?.createScriptURL(src) ?? src;
    document.head.append(script);
  });
}

/** The part after the # of an invite link, taken out of the address bar. */
function takeInvite() {
  const secret = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  return secret === "" ? null : secret;
}

/** 32 random bytes as base64url. */
function newSecret() {
  const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
