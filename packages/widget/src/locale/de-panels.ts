/** Deutsch: die Wörter der Anzeigen zum simulierten Austausch. */
export const dePanels = {
  monitor: {
    label: (state: string) => `Bildschirm des simulierten Quantenkanals. ${state}`,
  },

  channelNumber: { sent: "Gesendet", detected: "Erkannt", lost: "Verloren", sifted: "Gesiebt" },

  ledger: {
    title: "Was aus den Qubits wird",
    none: "Noch keine Qubits.",
    label: (total: string, shares: string) => `Von ${total} Qubits: ${shares}`,
    sifted: "Gesiebt",
    rate: "Schlüsselrate",
    bound: (low: string, high: string, failure: string) =>
      `Nach der Stichprobe hat der Rest ${low} bis ${high} Fehler. Die obere Schranke ist mit einer Wahrscheinlichkeit von höchstens ${failure} falsch.`,
    share: {
      lost: "Verloren",
      unmatched: "Andere Basis",
      sample: "Offengelegte Stichprobe",
      dropped: "Verworfene Blöcke",
      leaked: "Bei der Korrektur verraten",
      amplified: "Privacy Amplification",
      open: "Noch nicht entschieden",
      abandoned: "Aufgegeben",
      secret: "Geheimer Schlüssel",
    },
  },

  charts: {
    open: "Diagramme zeigen",
    close: "Diagramme schließen",
    failed: "Die Diagramme ließen sich nicht laden. Die Zahlen stehen darunter.",
    rates: "Fehlerrate jedes Austauschs",
    funnel: "Bits nach jeder Stufe",
    exchange: "Austausch",
    none: "Noch hat kein Austausch eine Fehlerrate gemessen.",
    table: "Als Zahlen",
    place: (number: number, verdict: string) => `Austausch ${number}, ${verdict}`,
    stage: { qubits: "Qubits", detected: "Erkannt", reconciled: "Abgeglichen", amplified: "Geheim" },
  },

  sphere: {
    open: "In 3D öffnen",
    title: "Bloch-Kugel des simulierten Kanals",
    label: (state: string) => `Bloch-Kugel im Raum. ${state}`,
    hint: "Zum Drehen ziehen oder die Pfeiltasten drücken, zum Nähern scrollen.",
    notice: {
      lost: "Der Browser hat die Grafik vorübergehend entzogen. Solange ist die Kugel flach gezeichnet.",
      refused: "Dieser Browser bietet kein WebGL, darum ist die Kugel flach gezeichnet.",
      failed: "Die Kugel im Raum ließ sich nicht laden, darum ist sie flach gezeichnet.",
    },
    controls: "Wiedergabe",
    play: "Abspielen",
    pause: "Anhalten",
    back: "Voriges Qubit",
    on: "Nächstes Qubit",
    place: "Stelle in der Folge",
    speed: "Tempo",
    times: (speed: string) => `${speed} ×`,
    still: "Es ist weniger Bewegung gewünscht: Geh stattdessen von Qubit zu Qubit.",
    sent: "Gesendet",
    basis: "Gemessen in",
    result: "Ergebnis",
    verdict: "Vergleich",
    bit: (bit: number) => `Bit ${bit}`,
    undisclosed: "nicht offengelegt",
    legendArrow: "Dicker Pfeil: der Zustand jetzt",
    legendSent: "Dünner Pfeil: der Zustand, wie er gesendet wurde",
    legendRing: "Ring: der Zustand kollabiert",
  },
};
