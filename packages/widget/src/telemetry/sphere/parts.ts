/** The things in the picture. Bloch's Z points up, which is Y in Three.js. */
import {
  CanvasTexture,
  ConeGeometry,
  CylinderGeometry,
  Group,
  Mesh,
  MeshBasicMaterial,
  SphereGeometry,
  SRGBColorSpace,
  Sprite,
  SpriteMaterial,
  TorusGeometry,
  Vector3,
} from "three";
import type { Vector } from "../bloch/states.js";

const UP = new Vector3(0, 1, 0);

/** A point of the Bloch sphere in the coordinates of the picture. */
export function placeOf({ x, y, z }: Vector): Vector3 {
  return new Vector3(x, z, -y);
}

function material(opacity = 1): MeshBasicMaterial {
  return new MeshBasicMaterial({ transparent: opacity < 1, opacity, depthWrite: opacity === 1 });
}

/** The ball itself, glassy. */
export function makeBall(): Mesh<SphereGeometry, MeshBasicMaterial> {
  return new Mesh(new SphereGeometry(0.995, 48, 32), material(0.16));
}

/** A great circle about an axis of the picture. */
export function makeCircle(axis: "x" | "y" | "z"): Mesh<TorusGeometry, MeshBasicMaterial> {
  const circle = new Mesh(new TorusGeometry(1, 0.006, 6, 128), material(0.6));
  if (axis === "y") circle.rotation.x = Math.PI / 2;
  if (axis === "x") circle.rotation.y = Math.PI / 2;
  return circle;
}

/** A rod from one state through the middle to the opposite one. */
export function makeRod(towards: Vector, radius: number): Mesh<CylinderGeometry, MeshBasicMaterial> {
  const rod = new Mesh(new CylinderGeometry(radius, radius, 2, 12), material());
  rod.quaternion.setFromUnitVectors(UP, placeOf(towards).normalize());
  return rod;
}

/** The point of a state on the ball. */
export function makePoint(at: Vector): Mesh<SphereGeometry, MeshBasicMaterial> {
  const point = new Mesh(new SphereGeometry(0.045, 20, 14), material());
  point.position.copy(placeOf(at));
  return point;
}

const HEAD = 0.2;

/** An arrow from the middle to the ball, which can be turned and coloured. */
export class Arrow extends Group {
  readonly #material: MeshBasicMaterial;

  constructor(radius: number) {
    super();
    this.#material = material();
    this.#material.transparent = true;
    const shaft = new Mesh(new CylinderGeometry(radius, radius, 1 - HEAD, 16), this.#material);
    shaft.position.y = (1 - HEAD) / 2;
    const head = new Mesh(new ConeGeometry(radius * 2.9, HEAD, 24), this.#material);
    head.position.y = 1 - HEAD / 2;
    this.add(shaft, head);
  }

  show(towards: Vector | null, colour: string, strength: number): void {
    this.visible = towards !== null;
    if (towards === null) return;
    this.quaternion.setFromUnitVectors(UP, placeOf(towards).normalize());
    this.#material.color.setStyle(colour);
    this.#material.opacity = strength;
  }
}

/** The ring that runs out from the tip of an arrow when its state collapses. */
export class Ripple extends Mesh<TorusGeometry, MeshBasicMaterial> {
  constructor() {
    super(new TorusGeometry(0.2, 0.012, 8, 48), material());
    this.material.transparent = true;
    this.visible = false;
  }

  show(at: Vector | null, progress: number | null, colour: string): void {
    this.visible = at !== null && progress !== null;
    if (at === null || progress === null) return;
    const place = placeOf(at);
    this.position.copy(place);
    this.quaternion.setFromUnitVectors(new Vector3(0, 0, 1), place.normalize());
    this.scale.setScalar(0.3 + 1.6 * progress);
    this.material.color.setStyle(colour);
    this.material.opacity = 1 - progress;
  }
}

/** Pixels of a label's picture for each unit of its size in the scene. */
const LABEL_PIXELS = 64;

/** A few characters that always face the eye. */
export class Label extends Sprite {
  readonly #text: string;
  #colour = "";

  constructor(text: string, at: Vector, size: number) {
    super(new SpriteMaterial({ transparent: true, depthTest: false }));
    this.#text = text;
    this.position.copy(placeOf(at));
    this.scale.set(size * 2, size, 1);
  }

  paint(colour: string): void {
    if (colour === this.#colour) return;
    this.#colour = colour;
    const canvas = document.createElement("canvas");
    canvas.width = LABEL_PIXELS * 2;
    canvas.height = LABEL_PIXELS;
    const pen = canvas.getContext("2d");
    if (pen === null) return;
    pen.font = `600 ${LABEL_PIXELS * 0.62}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillStyle = colour;
    pen.fillText(this.#text, LABEL_PIXELS, LABEL_PIXELS / 2);
    this.material.map?.dispose();
    const picture = new CanvasTexture(canvas);
    picture.colorSpace = SRGBColorSpace;
    this.material.map = picture;
    this.material.needsUpdate = true;
  }
}
