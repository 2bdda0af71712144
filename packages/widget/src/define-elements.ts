import { QsecChat } from "./chat/chat.js";
import { QsecChatBar } from "./chat/chat-bar.js";
import { QsecComposer } from "./chat/composer.js";
import { QsecMessageActions } from "./chat/message-actions.js";
import { QsecConfirmDialog } from "./dialog/confirm-dialog.js";
import { QsecInvite } from "./members/invite.js";
import { QsecKeyStatus } from "./members/key-status.js";
import { QsecKnocks } from "./members/knocks.js";
import { QsecMembers } from "./members/members.js";
import { QsecAlerts } from "./room/alerts.js";
import { QsecConnectionStatus } from "./room/connection-status.js";
import { QsecEmptyState } from "./room/empty-state.js";
import type { QsecRoomEventMap } from "./room/events.js";
import { QsecRoom } from "./room/room.js";
import { QsecRoomHeading } from "./room/room-heading.js";
import { QsecVerifyDialog } from "./room/verify-dialog.js";
import { QsecBlochSphere } from "./telemetry/bloch/bloch-sphere.js";
import { QsecChannelMonitor } from "./telemetry/channel/channel-monitor.js";
import { QsecChannelStatus } from "./telemetry/channel/channel-status.js";
import { QsecQberCharts } from "./telemetry/charts/qber-charts.js";
import { QsecExplanation } from "./telemetry/explain/explanation.js";
import { QsecEventLog } from "./telemetry/log/event-log.js";
import { QsecQberPanel } from "./telemetry/qber/qber-panel.js";
import { QsecBloch3d } from "./telemetry/sphere/bloch-3d.js";

const ELEMENTS = {
  "qsec-alerts": QsecAlerts,
  "qsec-bloch-3d": QsecBloch3d,
  "qsec-bloch-sphere": QsecBlochSphere,
  "qsec-channel-monitor": QsecChannelMonitor,
  "qsec-channel-status": QsecChannelStatus,
  "qsec-chat": QsecChat,
  "qsec-chat-bar": QsecChatBar,
  "qsec-composer": QsecComposer,
  "qsec-confirm-dialog": QsecConfirmDialog,
  "qsec-connection-status": QsecConnectionStatus,
  "qsec-empty-state": QsecEmptyState,
  "qsec-event-log": QsecEventLog,
  "qsec-explanation": QsecExplanation,
  "qsec-invite": QsecInvite,
  "qsec-key-status": QsecKeyStatus,
  "qsec-knocks": QsecKnocks,
  "qsec-members": QsecMembers,
  "qsec-message-actions": QsecMessageActions,
  "qsec-qber-charts": QsecQberCharts,
  "qsec-qber-panel": QsecQberPanel,
  "qsec-room": QsecRoom,
  "qsec-room-heading": QsecRoomHeading,
  "qsec-verify-dialog": QsecVerifyDialog,
};

/** Defines every element that is not defined yet. Does nothing where there are no custom elements (a server). */
export function defineElements(): void {
  if (typeof customElements === "undefined") return;
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (customElements.get(name) === undefined) customElements.define(name, element);
  }
}

type Elements = { [Name in keyof typeof ELEMENTS]: InstanceType<(typeof ELEMENTS)[Name]> };

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface is how the platform's map is extended
  interface HTMLElementTagNameMap extends Elements {}
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the events bubble: anybody above can listen
  interface GlobalEventHandlersEventMap extends QsecRoomEventMap {}
}
