/** From this width of the host on, in CSS pixels, the left column stands beside the conversation; below it is a drawer. */
export const SIDEBAR_FROM = 760;
/** The same for the telemetry on the right. */
export const TELEMETRY_FROM = 1080;

export const DRAWERS = ["sidebar", "telemetry"] as const;
export type Drawer = (typeof DRAWERS)[number];

/** True when a column is a drawer in a host of this width. */
export function isDrawer(column: Drawer, width: number): boolean {
  return width < (column === "sidebar" ? SIDEBAR_FROM : TELEMETRY_FROM);
}
