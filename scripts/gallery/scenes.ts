import { conversation } from "./conversation.js";
import { entering, refusals } from "./entering.js";
import { files, largeFiles, voice } from "./files.js";
import { landing } from "./landing.js";
import { changedIdentity, columns, comparing, knocking } from "./people.js";
import type { Studio } from "./studio.js";
import { eavesdropper, leaderGone, reconnecting } from "./trouble.js";

/** All states of landing page and room, by the scene in which they come up: for pictures, and for what is checked in each. */
export const SCENES: Readonly<Record<string, (studio: Studio) => Promise<void>>> = {
  landing,
  entering,
  refusals,
  conversation,
  files,
  voice,
  largeFiles,
  comparing,
  knocking,
  changedIdentity,
  columns,
  eavesdropper,
  reconnecting,
  leaderGone,
};
