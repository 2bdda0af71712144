import type { BB84StepName } from "@qsec2/sdk";

/** Where each explanation comes from; titles are not translated. */
export const SOURCES: Readonly<Record<BB84StepName, readonly string[]>> = {
  generate: [
    "Bennett and Brassard 1984, Proc. IEEE Int. Conf. Computers, Systems and Signal Processing, 175–179, section III",
  ],
  send: ["Wootters and Zurek 1982, Nature 299:802–803", "docs/protocol.md, section 5; docs/decisions/0003"],
  measure: [
    "Bennett and Brassard 1984, section II",
    "Bennett, Bessette, Brassard, Salvail and Smolin 1992, J. Cryptology 5:3–28",
  ],
  bases: ["Bennett and Brassard 1984, section III"],
  sift: [
    "Shor and Preskill 2000, Phys. Rev. Lett. 85:441–444",
    "Tomamichel, Lim, Gisin and Renner 2012, Nat. Commun. 3:634",
  ],
  derive: [
    "Bennett, Brassard, Crépeau and Maurer 1995, IEEE Trans. Inf. Theory 41:1915–1923",
    "docs/protocol.md, section 5",
  ],
};
