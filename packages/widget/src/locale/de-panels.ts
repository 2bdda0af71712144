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
    none: "Noch ist kein Austausch beendet.",
    table: "Als Zahlen",
    place: (number: number, verdict: string) => `Austausch ${number}, ${verdict}`,
    stage: { qubits: "Qubits", detected: "Erkannt", reconciled: "Abgeglichen", amplified: "Geheim" },
  },
};
