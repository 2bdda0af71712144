import { deChat, deComposer, deMedia } from "./de-chat.js";
import { dePanels } from "./de-panels.js";
import type { Translation } from "./translation.js";

/** Deutsch. */
export const de = {
  language: "de",
  direction: "ltr",

  connection: {
    connecting: "Verbindung wird aufgebaut",
    waiting: (present: number, expected: number) => `Warten auf andere (${present} von ${expected})`,
    exchanging: "Quantenaustausch",
    exchangingStep: (peer: string, step: number) => `Quantenaustausch mit ${peer}: Schritt ${step} von 6`,
    keyed: (peer: string) => `Schlüssel mit ${peer} vereinbart, noch kein Raumschlüssel`,
    verifying: "Zum Fortfahren die Emoji auf beiden Bildschirmen vergleichen",
    confirming: "Warten auf die Bestätigung der anderen Seite",
    secured: "Sicherer Kanal aktiv",
    reconnecting: "Verbindung wird wiederhergestellt",
    closed: "Du hast den Raum verlassen",
    aborted: (peer: string) => `Austausch mit ${peer} gestoppt`,
    failed: "Nicht verbunden",
  },

  room: {
    label: (room: string) => `Raum ${room}`,
    sidebar: "Raum und Mitglieder",
    telemetry: "Telemetrie",
    openSidebar: "Raum und Mitglieder anzeigen",
    openTelemetry: "Telemetrie anzeigen",
    close: "Schließen",
    leave: "Raum verlassen",
    leaveTitle: "Den Raum verlassen?",
    leaveText:
      "Die Schlüssel dieser Sitzung werden gelöscht. Zum Weiterlesen trittst du neu bei; was bis dahin gesagt wird, verpasst du.",
    cancel: "Abbrechen",
    rejoin: "Wieder beitreten",
    retry: "Wiederholen",
    tryAgain: "Noch einmal versuchen",
    home: "Zurück zum Anfang",
    dismiss: "Ausblenden",
    present: (present: number, expected: number) => `${present} von ${expected} hier`,
    timer: "Zeit in diesem Raum",
    demoEve: "DEMO-EVE AN",
    demoEveHint: "Eine Lauscherin zur Vorführung liest im simulierten Kanal mindestens eines Austauschs mit.",
    unverified: "Nicht bestätigt: Vergleicht den Raumcode, um auszuschließen, dass jemand dazwischensitzt.",
    forget: "Diesen Raum vergessen",
    forgetTitle: "Diesen Raum auf diesem Gerät vergessen?",
    forgetText:
      "Du verlässt den Raum. Dein Schlüssel, wen du bestätigt hast und die Schlüssel aufbewahrter Nachrichten werden aus diesem Browser gelöscht. Wenn du wiederkommst, bist du für die anderen jemand Neues.",
    forgottenTitle: "Dieser Raum ist vergessen",
    forgottenText: "In diesem Browser ist nichts davon übrig.",
    history:
      "Nachrichten in diesem Raum werden aufbewahrt: versiegelt beim Relay, ihre Schlüssel auf den Geräten der Mitglieder. Wer ein solches Gerät in die Hand bekommt, kann sie später lesen.",
    willRetry: "Ein weiterer Durchlauf beginnt von selbst.",
    setupTitle: "Dieser Raum lässt sich nicht öffnen",
    failedTitle: "Beitritt nicht möglich",
    removedTitle: "Du wurdest aus diesem Raum entfernt",
    removedText: (by: string) =>
      `${by} hat dich entfernt. Die Schlüssel dieser Sitzung sind aus diesem Browser gelöscht. Zum Wiederkommen brauchst du eine neue Einladung.`,
    leftTitle: "Du hast den Raum verlassen",
    leftText: "Die Schlüssel dieser Sitzung sind aus diesem Browser gelöscht.",
  },

  setup: {
    relay: 'Die Adresse des Relays fehlt. Setze das Attribut relay, zum Beispiel relay="https://relay.example".',
    room: "Die Raum-ID fehlt. Setze das Attribut room.",
    username: "Der Name fehlt. Setze das Attribut username.",
    secret:
      'Das Raumgeheimnis fehlt. Öffne den ganzen Einladungslink, oder setze admission="verify", um stattdessen Emoji zu vergleichen.',
    secretUnused: 'Ein Raumgeheimnis gilt nur mit admission="link". Nimm eines der beiden weg.',
    admission: "Das Attribut admission muss link, verify oder open sein.",
    profile: "Das Attribut profile muss golay, ldpc oder classic sein.",
    insecure:
      "Diese Seite wurde nicht über eine sichere Verbindung geöffnet, deshalb bietet der Browser keine Kryptographie an. Öffne sie über https oder auf localhost.",
  },

  failure: {
    connection_failed: "Das Relay ist nicht erreichbar. Prüfe dein Netz und versuche es gleich noch einmal.",
    room_full: "Dieser Raum ist voll. Bitte jemanden darin zu gehen, oder öffne einen anderen Raum für mehr Leute.",
    room_limit: "Das Relay hat so viele Räume, wie es halten kann. Versuche es später noch einmal.",
    rate_limited: "Zu viele Versuche in kurzer Zeit. Warte eine Minute und versuche es dann noch einmal.",
    name_taken: "Jemand in diesem Raum heißt schon so. Wähle einen anderen Namen.",
    id_taken:
      "Du bist schon in diesem Raum, in einem anderen Tab oder auf einem anderen Gerät. Schließe ihn dort und versuche es noch einmal.",
    identity_in_use:
      "Dieser Raum ist in einem anderen Tab dieses Browsers offen. Schließe ihn dort und versuche es noch einmal.",
    insecure_context:
      "Diese Seite wurde nicht über eine sichere Verbindung geöffnet, deshalb bietet der Browser keine Kryptographie an. Öffne sie über https oder auf localhost.",
    store_failed:
      "Dieser Browser wollte für diesen Raum nichts speichern. In einem privaten Fenster oder bei abgeschaltetem Speicher kann er sich nichts merken.",
    storage_full:
      "Der Speicher dieses Browsers ist voll. Schaffe Platz auf dem Gerät, oder vergiss Räume, die du nicht mehr brauchst.",
    unsupported_version:
      "Das Relay spricht eine andere Version des Protokolls. Lade die Seite neu, oder frage, wer das Relay betreibt.",
    weaker_admission:
      "Auf diesem Gerät wurde dieser Raum in einer Art betreten, die mehr schützt. Vielleicht möchte jemand, dass ihr unsicherer redet: Frage die anderen, ob die Änderung gewollt ist.",
    history_disabled: "Das Relay bewahrt keine Nachrichten auf. Wer weg ist, verpasst, was inzwischen gesagt wird.",
    draining: "Das Relay wird gerade beendet. Versuche es gleich noch einmal.",
  },

  abort: {
    qber: (peer: string, qber: string) =>
      `Der simulierte Austausch mit ${peer} wurde gestoppt. ${qber} der verglichenen Qubits waren falsch; die Grenze ist 11 %. Es wurde kein Schlüssel erzeugt.`,
    eve: "Die Lauscherin zur Vorführung war an.",
    noisy: (peer: string) =>
      `Der simulierte Kanal zu ${peer} war zu verrauscht, um sich auf einen Schlüssel zu einigen. Es wurde kein Schlüssel erzeugt.`,
    TIMEOUT: (peer: string) => `${peer} hat nicht rechtzeitig geantwortet. Es wurde kein Schlüssel erzeugt.`,
    REJECTED: (peer: string) =>
      `Die Emoji mit ${peer} stimmten nicht überein. Vielleicht sitzt jemand zwischen euch. Mit dieser Person wird kein Schlüssel mehr vereinbart.`,
    other: (peer: string, message: string) => `Der Austausch mit ${peer} wurde gestoppt. ${message}`,
  },

  security: {
    title: "Sicherheit",
    tampered: (peer: string) =>
      `Der Austausch mit ${peer} ließ sich nicht öffnen: Diese Einladung passt nicht, oder das Relay manipuliert. Es wurde nichts geteilt.`,
    someone: "einem Mitglied",
    times: (count: number) => `${count}-mal`,
  },

  identity: {
    changed: (name: string, since: string) =>
      `${name} hat einen anderen Schlüssel als bisher auf diesem Gerät. Es kann ein neues Gerät sein, ein geleerter Browser oder jemand anderes unter diesem Namen. Der bisherige Schlüssel wurde zuerst am ${since} gesehen.`,
    verified: "Mit dem bisherigen Schlüssel hattest du Codes verglichen.",
    codes: (before: string, now: string) => `Bisher: ${before}. Jetzt: ${now}.`,
    accept: "Neuen Schlüssel annehmen",
    acceptOf: (name: string) => `Neuen Schlüssel annehmen, den von ${name}, ohne zu vergleichen`,
  },

  members: {
    title: "Mitglieder",
    you: "du",
    leader: "Leitung",
    offline: "Offline",
    compare: "Codes vergleichen",
    compareWith: (name: string) => `Codes vergleichen mit ${name}`,
    retryWith: (name: string) => `Wiederholen: Austausch mit ${name}`,
    remove: "Entfernen",
    removeOf: (name: string) => `Entfernen: ${name} aus dem Raum`,
    removeTitle: (name: string) => `${name} entfernen?`,
    removeText: {
      link: "Ab jetzt ist dort nichts mehr zu lesen. Der Raum bekommt ein neues Geheimnis: Einladungslinks von vorher öffnen nichts mehr.",
      verify: "Ab jetzt ist dort nichts mehr zu lesen. Wer wiederkommt, muss mit dir erneut Emoji vergleichen.",
      open: "Ab jetzt ist dort nichts mehr zu lesen. Weil dieser Raum offen ist, kann die Person unter einer anderen Identität wiederkommen.",
    },
    fingerprint: "Sitzung",
    badge: {
      you: "Du",
      waiting: "Wartet, kann nichts lesen",
      link: "Einladung nachgewiesen",
      vouched: "Von der Leitung verbürgt",
      verified: "Von dir bestätigt",
      unverified: "Nicht bestätigt",
      changed: "Anderer Schlüssel als bisher",
    },
    key: {
      none: "Noch kein Schlüssel",
      exchanging: "Schlüssel werden ausgetauscht",
      confirming: "Wartet auf den Vergleich",
      keyed: "Paarschlüssel bereit",
      active: "Raumschlüssel geteilt",
      aborted: "Austausch gestoppt",
    },
  },

  key: {
    title: "Raumschlüssel",
    none: "Noch kein Raumschlüssel",
    epoch: "Epoche",
    age: "Alter",
    algorithm: "Chiffre",
    code: "Raumcode",
    renew: "Schlüssel erneuern",
    renewing: "Wird erneuert",
    renewHint: "Neue Handschläge mit allen, dann ein neuer Raumschlüssel.",
    codeHint: "Auf allen Bildschirmen gleich, wenn Mitglieder und Schlüssel gleich sind.",
    history:
      "In diesem Raum werden Nachrichten aufbewahrt: versiegelt beim Relay, ihre Schlüssel bei den Mitgliedern. Die Vorwärtssicherheit ist verringert.",
  },

  protocol: {
    title: "Protokoll",
    exchange: "Schlüsselaustausch",
    exchangeValue: "ML-KEM-768 + X25519",
    quantum: "Simuliertes BB84",
    quantumValue: (profile: string, qubits: string) => `${profile}, ${qubits} Qubits`,
    quantumNone: "zusätzliche Eingabe",
    quantumHint:
      "Die Simulation wird als zusätzliche Eingabe beigemischt: Sie lehrt, fügt keine Sicherheit hinzu und kann keine nehmen.",
    signatures: "Signaturen",
    signaturesValue: "Ed25519, klassisch",
    relay:
      "Das Relay sieht Raum- und Benutzernamen, öffentliche Schlüssel, Zeiten und aufgefüllte Größen. Es sieht keinen Text und keinen Schlüssel.",
    audit: "Nicht unabhängig geprüft.",
  },

  invite: {
    title: "Einladen",
    copy: "Einladungslink kopieren",
    copied: "Link kopiert",
    manual: "Diesen Link kopieren:",
    field: "Einladungslink",
    share: "Teilen",
    shareTitle: (room: string) => `Raum ${room}`,
    showCode: "QR-Code",
    hideCode: "Code ausblenden",
    code: "QR-Code des Einladungslinks",
    link: "Der Link trägt das Raumgeheimnis hinter dem #. Diesen Teil senden Browser nie an einen Server, also kann das Relay sich nicht selbst einlassen. Wer den Link hat, kann beitreten: Gib ihn vertraulich weiter.",
    verify:
      "Dieser Link enthält kein Geheimnis. Mit jeder Person vergleichst du sieben Emoji, bevor ein Raumschlüssel fließt.",
    open: "Wer die Raum-ID kennt, kann beitreten. Vergleicht den Raumcode, um auszuschließen, dass jemand dazwischensitzt.",
  },

  knock: {
    label: "Bitten um Einlass",
    asks: (name: string) => `${name} hat die Einladung und bittet um Einlass.`,
    admit: "Einlassen",
    admitOf: (name: string) => `Einlassen: ${name}`,
    refuse: "Ablehnen",
    refuseOf: (name: string) => `Ablehnen: ${name}`,
    waitingTitle: "Um Einlass gebeten",
    waitingText: "Deine Schlüssel sind bereit. Die Leitung dieses Raums muss dich noch einlassen.",
  },

  verify: {
    title: (name: string) => `Mit ${name} vergleichen`,
    text: (name: string) =>
      `Bitte ${name}, mündlich oder persönlich, diese sieben vorzulesen. Sie müssen auf beiden Bildschirmen dieselben sein, in derselben Reihenfolge.`,
    demanded: "Niemand kann lesen oder senden, bevor ihr beide bestätigt habt.",
    chosen: "Ihr öffnet diesen Vergleich beide aus der Liste der Mitglieder.",
    digits: "Dasselbe als Ziffern",
    match: "Sie stimmen überein",
    differ: "Sie sind verschieden",
    more: (count: number) =>
      count === 1 ? "Danach wartet noch eine Person." : `Danach warten noch ${count} Personen.`,
  },

  chat: deChat,
  composer: deComposer,
  media: deMedia,
  panels: dePanels,

  telemetry: {
    simulated: "Simuliert",
    channel: "Simulierter Kanal",
    phase: {
      IDLE: "Noch kein Austausch.",
      EXCHANGING: "Qubits sind im simulierten Kanal unterwegs.",
      SECURE: "Die Fehlerrate liegt unter der Grenze von 11 %.",
      NOISY: "Zu verrauscht, um sich auf einen Schlüssel zu einigen. Das ist keine Lauscherin.",
      EAVESDROPPER: "Fehlerrate bei 11 % oder darüber: was Abhören in diesem simulierten Kanal verursacht.",
    },
    stopped: "Der letzte Austausch endete ohne Schlüssel.",
    run: (peer: string, attempt: number) => (attempt === 1 ? `mit ${peer}` : `mit ${peer}, Durchlauf ${attempt}`),
    stepOf: (step: number, name: string) => `Schritt ${step} von 6: ${name}`,
    steps: {
      generate: "erzeugen",
      send: "senden",
      measure: "messen",
      bases: "Basen vergleichen",
      sift: "sieben und schätzen",
      derive: "Schlüssel ableiten",
    },
  },

  bloch: {
    title: "Bloch-Kugel",
    label: (state: string) => `Bloch-Kugel des simulierten Kanals. ${state}`,
    idle: "Noch kein Qubit gemessen.",
    sent: (sent: string) => `${sent} gesendet,`,
    sentIn: (basis: string) => `In der ${basis} gesendet, Bit nicht offengelegt,`,
    basis: { 0: "geraden Basis", 1: "diagonalen Basis" },
    measured: (basis: string, result: string) => `${result} in der ${basis} gemessen.`,
    hidden: (basis: string) => `in der ${basis} gemessen, Ergebnis nicht offengelegt.`,
    collapse: "Die Basen sind verschieden: Der Zustand kollabiert.",
    match: "Die Basen stimmen überein.",
    error: "Die Basen stimmen überein, und doch ist das Bit falsch.",
    place: (index: number, total: number) => `Qubit ${index} von ${total}`,
    secure: "Schlüssel vollständig: Der Pfeil kreist frei.",
    note: "Nur offengelegte Qubits; keines ist Teil eines Schlüssels.",
    rectilinear: "Gerade",
    diagonal: "Diagonal",
  },

  qber: {
    title: "Fehlerrate",
    qubits: "Qubits",
    matched: "Gleiche Basis",
    sampled: "Stichprobe",
    errors: "Fehler",
    leaked: "Verratene Bits",
    secret: "Geheime Bits",
    none: "noch nicht",
    verdict: { secure: "SICHER", aborted: "ABGEBROCHEN", pending: "OFFEN" },
    limit: "Grenze 11 %",
    bar: (qber: string) => `QBER ${qber}, Grenze 11 %`,
    barNone: "QBER noch nicht gemessen, Grenze 11 %",
  },

  log: {
    title: "Ereignisse",
    label: "Ereignisprotokoll dieser Sitzung",
    empty: "Ereignisse erscheinen hier, sobald sie geschehen.",
    dropped: (count: number) => `${count} ältere Zeilen verworfen`,
    state: (from: string, to: string) => `${from} → ${to}`,
    members: (present: number) => `${present} im Raum`,
    epoch: (epoch: number, reason: string, members: number) => `Epoche ${epoch}, ${reason}, ${members} Mitglieder`,
    step: (peer: string, step: number, name: string) => `${peer} ${step}/6 ${name}`,
    qubits: (count: number) => `${count} Qubits`,
    matched: (count: number) => `${count} mit gleicher Basis`,
    qber: (qber: string) => `QBER ${qber}`,
    secret: (bits: number) => `${bits} geheime Bits`,
    aborted: (peer: string, code: string) => `${peer} ${code}`,
    keyed: (peer: string, fingerprint: string) => `${peer} Sitzung ${fingerprint}`,
    message: (name: string, epoch: number, seq: number) => `${name} Epoche ${epoch} Nr. ${seq}`,
    direct: (peer: string, own: boolean) => (own ? `privat an ${peer}` : `privat von ${peer}`),
    directDone: (peer: string, code: string | null) => `privat an ${peer}: ${code ?? "angekommen"}`,
    plaintext: (name: string) => `${name}, nicht verschlüsselt und nicht authentifiziert`,
    verify: (peer: string) => `mit ${peer} vergleichen`,
    verified: (peer: string, confirmed: boolean) => `${peer} ${confirmed ? "bestätigt" : "nicht bestätigt"}`,
    delivered: (epoch: number, seq: number) => `alle haben Epoche ${epoch} Nr. ${seq}`,
    knock: (peer: string) => `${peer} bittet um Einlass`,
    admitted: (peer: string, admitted: boolean) => `${peer} ${admitted ? "eingelassen" : "nicht eingelassen"}`,
    identity: (name: string, before: string, now: string) => `${name}: Schlüssel ${now}, bisher ${before}`,
    rotated: (by: string) => `neues Raumgeheimnis von ${by}`,
    removed: (by: string) => `von ${by} entfernt`,
    history: (messages: number, missing: number) =>
      `${messages} von früher` + (missing === 0 ? "" : `, ${missing} fehlen: zu alt für das Relay oder zurückgehalten`),
    relay: (line: string) => `das Relay sagt ${line}`,
  },
} satisfies Translation;
