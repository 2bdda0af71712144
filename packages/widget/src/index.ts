/**
 * `@qsec2/widget`: the elements as classes, without side effects. `@qsec2/widget/define` defines them.
 * @module widget
 */
export { QsecChat } from "./chat/chat.js";
export { QsecComposer } from "./chat/composer.js";
export { defineElements } from "./define-elements.js";
export { QsecConfirmDialog, type Question } from "./dialog/confirm-dialog.js";
export { en, type Words } from "./locale/en.js";
export { registerTranslation } from "./locale/registry.js";
export type { Translation } from "./locale/translation.js";
export { QsecInvite } from "./members/invite.js";
export { QsecKeyStatus } from "./members/key-status.js";
export { QsecKnocks } from "./members/knocks.js";
export { QsecMembers, type CompareEvent } from "./members/members.js";
export { QsecAlerts } from "./room/alerts.js";
export { QsecConnectionStatus } from "./room/connection-status.js";
export { QsecEmptyState } from "./room/empty-state.js";
export type { QsecRoomEventMap } from "./room/events.js";
export { QsecRoom } from "./room/room.js";
export { QsecRoomHeading } from "./room/room-heading.js";
export { QsecVerifyDialog } from "./room/verify-dialog.js";
export { SessionElement } from "./session/session-element.js";
export { QsecBlochSphere } from "./telemetry/bloch/bloch-sphere.js";
export { QsecChannelMonitor } from "./telemetry/channel/channel-monitor.js";
export { QsecChannelStatus } from "./telemetry/channel/channel-status.js";
export { QsecQberCharts } from "./telemetry/charts/qber-charts.js";
export { QsecExplanation } from "./telemetry/explain/explanation.js";
export { QsecEventLog } from "./telemetry/log/event-log.js";
export { QsecChannelLab } from "./telemetry/lab/channel-lab.js";
export type { LabSettings } from "./telemetry/lab/settings.js";
export { QsecQberPanel } from "./telemetry/qber/qber-panel.js";
export { QsecBloch3d } from "./telemetry/sphere/bloch-3d.js";
export type { ChannelPhase } from "./telemetry/run.js";
export type { Runs } from "./telemetry/runs.js";
export { TelemetryElement } from "./telemetry/telemetry-element.js";
export { parseTrace } from "./telemetry/trace/parse.js";
export { recordTrace, type TraceRecording } from "./telemetry/trace/record.js";
export { TraceReplay } from "./telemetry/trace/replay.js";
export type { Trace, TraceEvent, TraceEventMap } from "./telemetry/trace/trace.js";
