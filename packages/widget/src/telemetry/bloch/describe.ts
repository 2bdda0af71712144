import type { DisclosedQubit } from "@qsec2/sdk";
import type { Words } from "../../locale/en.js";
import { compare } from "./model.js";
import { ketOf, type Basis, type Bit } from "./states.js";

/** Keeps a line break out of "|−⟩". */
const WORD_JOINER = "\u2060";

/** A qubit in words: what was sent, how it was measured, and what came of it. */
export function describeQubit(qubit: DisclosedQubit, words: Words): string {
  const { bloch } = words;
  const ket = (basis: Basis, bit: Bit): string => ketOf(basis, bit).replace("|", `|${WORD_JOINER}`);
  const { sent, measured } = qubit;
  const basis = bloch.basis[measured.basis];
  const parts = [
    sent.bit === null ? bloch.sentIn(bloch.basis[sent.basis]) : bloch.sent(ket(sent.basis, sent.bit)),
    measured.bit === null ? bloch.hidden(basis) : bloch.measured(basis, ket(measured.basis, measured.bit)),
    bloch[compare(qubit)],
  ];
  return parts.join(" ");
}
