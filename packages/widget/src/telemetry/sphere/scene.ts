/** The sphere in space: with its parts the only module that knows Three.js. It is imported when somebody opens it. */
import {
  type Material,
  Mesh,
  PerspectiveCamera,
  Scene as Space,
  Spherical,
  Sprite,
  type Texture,
  WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import type { Palette } from "../../theme/palette.js";
import type { Scene } from "../bloch/model.js";
import { ketOf, vectorOf, type Basis, type Bit, type Vector } from "../bloch/states.js";
import { Arrow, Label, makeBall, makeCircle, makePoint, makeRod, Ripple } from "./parts.js";

/** The sphere on its canvas. */
export interface Sphere {
  /** Draws one moment, in these colours. */
  show(scene: Scene, colours: Palette): void;
  /** Width and height in CSS pixels, above 0. */
  resize(width: number, height: number, scale: number): void;
  /** Turns the eye about the sphere: radians to the right, and upwards. */
  turn(right: number, up: number): void;
  /** Frees the context, its memory and the listeners. A second time does nothing. */
  dispose(): void;
}

/** What the sphere tells. */
export interface SphereEvents {
  /** The person has turned it: it is to be drawn again. */
  readonly turned: () => void;
  /** The browser has taken the context away, or given it back. */
  readonly lost: () => void;
  readonly restored: () => void;
}

/** How far from the middle the names of the states and of the axes stand. */
const NAMED_AT = 1.24;

/** @returns null where the browser refuses WebGL 2 */
export function createSphere(canvas: HTMLCanvasElement, events: SphereEvents): Sphere | null {
  const context = canvas.getContext("webgl2", { antialias: true, alpha: true });
  if (context === null) return null;
  const renderer = new WebGLRenderer({ canvas, context, antialias: true, alpha: true });
  const camera = new PerspectiveCamera(32, 1, 0.1, 20);
  camera.position.setFromSphericalCoords(5.1, (72 * Math.PI) / 180, (28 * Math.PI) / 180);
  const controls = new OrbitControls(camera, canvas);
  controls.enablePan = false;
  controls.enableDamping = false;
  controls.minDistance = 3.2;
  controls.maxDistance = 9;
  controls.update();
  const space = new Space();
  const things = furnish(space);
  const watch = new AbortController();
  const onLost = (event: Event): void => {
    // Without this the browser never gives it back.
    event.preventDefault();
    events.lost();
  };
  canvas.addEventListener("webglcontextlost", onLost, { signal: watch.signal });
  canvas.addEventListener("webglcontextrestored", events.restored, { signal: watch.signal });
  controls.addEventListener("change", events.turned);
  let isDisposed = false;
  return {
    show(scene, colours) {
      if (isDisposed || context.isContextLost()) return;
      paint(things, scene, colours);
      renderer.render(space, camera);
    },
    resize(width, height, scale) {
      renderer.setPixelRatio(scale);
      renderer.setSize(width, height, false);
      camera.aspect = width / height;
      camera.updateProjectionMatrix();
    },
    turn(right, up) {
      const place = new Spherical().setFromVector3(camera.position);
      place.theta += right;
      place.phi -= up;
      camera.position.setFromSpherical(place.makeSafe());
      controls.update();
      events.turned();
    },
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      watch.abort();
      controls.removeEventListener("change", events.turned);
      controls.dispose();
      empty(space);
      renderer.dispose();
      // A browser has only so many contexts, and takes its time to collect those that nobody holds any more.
      renderer.forceContextLoss();
    },
  };
}

interface Named {
  readonly basis: Basis;
  readonly label: Label;
  readonly point: ReturnType<typeof makePoint>;
}

interface Things {
  readonly ball: ReturnType<typeof makeBall>;
  readonly circles: readonly ReturnType<typeof makeCircle>[];
  readonly rods: readonly ReturnType<typeof makeRod>[];
  readonly states: readonly Named[];
  readonly axes: readonly Label[];
  readonly arrow: Arrow;
  readonly sent: Arrow;
  readonly ripple: Ripple;
}

function furnish(space: Space): Things {
  const states = ([0, 1] as const).flatMap((basis) =>
    ([0, 1] as const).map((bit: Bit): Named => {
      const at = vectorOf(basis, bit);
      return { basis, point: makePoint(at), label: new Label(ketOf(basis, bit), times(at, NAMED_AT), 0.3) };
    }),
  );
  const things: Things = {
    ball: makeBall(),
    circles: [makeCircle("x"), makeCircle("y"), makeCircle("z")],
    rods: [makeRod(vectorOf(0, 0), 0.014), makeRod(vectorOf(1, 0), 0.014), makeRod({ x: 0, y: 1, z: 0 }, 0.006)],
    states,
    axes: [
      new Label("Z", { x: 0.1, y: 0, z: 1.08 }, 0.17),
      new Label("X", { x: 1.08, y: 0, z: 0.13 }, 0.17),
      new Label("Y", { x: 0, y: 1.12, z: 0 }, 0.17),
    ],
    arrow: new Arrow(0.032),
    sent: new Arrow(0.016),
    ripple: new Ripple(),
  };
  space.add(things.ball, ...things.circles, ...things.rods, ...things.axes, things.arrow, things.sent, things.ripple);
  for (const { point, label } of states) space.add(point, label);
  return things;
}

function paint(things: Things, scene: Scene, colours: Palette): void {
  const ofBasis = (basis: Basis): string => (basis === 0 ? colours.teal : colours.amber);
  const colour = scene.basis === null ? colours.teal : ofBasis(scene.basis);
  things.ball.material.color.setStyle(colours.muted);
  for (const circle of things.circles) circle.material.color.setStyle(colours.muted);
  things.rods.forEach(({ material }, i) => {
    const isLit = scene.axis === i;
    material.color.setStyle(i === 2 ? colours.muted : ofBasis(i as Basis));
    material.transparent = !isLit;
    material.opacity = isLit ? 1 : 0.4;
  });
  for (const { basis, point, label } of things.states) {
    point.material.color.setStyle(ofBasis(basis));
    label.paint(ofBasis(basis));
  }
  for (const label of things.axes) label.paint(colours.muted);
  things.arrow.show(scene.arrow, colour, scene.strength);
  things.sent.show(scene.sent, colours.muted, 0.75);
  things.ripple.show(scene.arrow, scene.collapse, colour);
}

function times({ x, y, z }: Vector, factor: number): Vector {
  return { x: x * factor, y: y * factor, z: z * factor };
}

/** Frees all that lies in the memory of the graphics. */
function empty(space: Space): void {
  space.traverse((thing) => {
    if (!(thing instanceof Mesh || thing instanceof Sprite)) return;
    (thing.geometry as { dispose(): void }).dispose();
    const material = thing.material as Material & { map?: Texture | null };
    material.map?.dispose();
    material.dispose();
  });
  space.clear();
}
