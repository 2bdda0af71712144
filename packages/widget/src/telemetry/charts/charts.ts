/** The charts themselves: the only module that knows Chart.js. It is imported when somebody opens them. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type Plugin,
} from "chart.js";
import type { Palette } from "../../theme/palette.js";
import { rateCeiling, type FunnelStage, type RatePoint } from "./data.js";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement);

/** What is drawn, ready for the eye. */
export interface ChartContent {
  readonly rates: readonly RatePoint[];
  readonly funnel: readonly { readonly stage: FunnelStage; readonly bits: number | null }[];
  /** The limit, in percent. */
  readonly limit: number;
  readonly words: {
    readonly limit: string;
    readonly exchange: string;
    readonly stages: Readonly<Record<FunnelStage, string>>;
    readonly language: string | undefined;
  };
}

/** One chart on its canvas. */
export interface ShownChart {
  show(content: ChartContent, colours: Palette): void;
  /** Frees it. */
  dispose(): void;
}

type Make = (canvas: HTMLCanvasElement, content: ChartContent) => Chart;
type Fill = (chart: Chart, content: ChartContent, colours: Palette) => void;

function shown(canvas: HTMLCanvasElement, make: Make, fill: Fill): ShownChart {
  let chart: Chart | null = null;
  return {
    show(content, colours) {
      chart ??= make(canvas, content);
      fill(chart, content, colours);
      chart.update("none");
    },
    dispose() {
      chart?.destroy();
      chart = null;
    },
  };
}

/** The error rate of each exchange, and the limit as a line. */
export function rateChart(canvas: HTMLCanvasElement): ShownChart {
  return shown(canvas, makeRates, fillRates);
}

/** The bits that are left at each stage. */
export function funnelChart(canvas: HTMLCanvasElement): ShownChart {
  return shown(canvas, makeFunnel, fillFunnel);
}

/** What both have in common: no motion, no more work than a drawing, sizes of the box. */
function options(language: string | undefined) {
  return {
    animation: false as const,
    responsive: true,
    maintainAspectRatio: false,
    events: [] as never[],
    ...(language === undefined ? {} : { locale: language }),
  };
}

interface Limit {
  readonly percent: number;
  readonly text: string;
  readonly colour: string;
}

/** Set at each showing, as words and colours may change while a chart is there. */
const limits = new WeakMap<HTMLCanvasElement, Limit>();

/** The line of the limit across a chart of rates, with its name. */
const limitLine: Plugin = {
  id: "limit",
  afterDatasetsDraw({ ctx, canvas, chartArea: { left, right }, scales }) {
    const limit = limits.get(canvas);
    if (limit === undefined) return;
    const { percent, text, colour } = limit;
    const y = scales["y"].getPixelForValue(percent);
    ctx.save();
    Object.assign(ctx, { strokeStyle: colour, fillStyle: colour, lineWidth: 1.5, font: "11px system-ui, sans-serif" });
    ctx.setLineDash([6, 4]);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(right, y);
    ctx.stroke();
    Object.assign(ctx, { textAlign: "right", textBaseline: "bottom" });
    ctx.fillText(text, right - 2, y - 3);
    ctx.restore();
  },
};

function makeRates(canvas: HTMLCanvasElement, { words }: ChartContent): Chart {
  return new Chart(canvas, {
    type: "line",
    data: { labels: [], datasets: [{ data: [] }] },
    options: options(words.language),
    plugins: [limitLine],
  });
}

function makeFunnel(canvas: HTMLCanvasElement, { words }: ChartContent): Chart {
  return new Chart(canvas, {
    type: "bar",
    data: { labels: [], datasets: [{ data: [] }] },
    options: { ...options(words.language), indexAxis: "y" },
  });
}

function fillRates(chart: Chart, { rates, limit, words }: ChartContent, colours: Palette): void {
  limits.set(chart.canvas, { percent: limit, text: words.limit, colour: colours.red });
  chart.data.labels = rates.map(({ number }) => String(number));
  chart.data.datasets = [
    {
      data: rates.map(({ percent }) => percent),
      borderColor: colours.muted,
      borderWidth: 1.25,
      pointBackgroundColor: rates.map(({ keyed }) => (keyed ? colours.teal : colours.red)),
      pointBorderColor: rates.map(({ keyed }) => (keyed ? colours.teal : colours.red)),
      pointStyle: rates.map(({ keyed }) => (keyed ? "circle" : "crossRot")),
      pointBorderWidth: 2,
      pointRadius: rates.length > 30 ? 3 : 4.5,
    },
  ];
  chart.options.scales = {
    x: { ...axis(colours, words.exchange, false), offset: true },
    y: { ...axis(colours, "QBER, %", true), min: 0, max: rateCeiling(rates) },
  };
}

function fillFunnel(chart: Chart, { funnel, words }: ChartContent, colours: Palette): void {
  chart.data.labels = funnel.map(({ stage }) => words.stages[stage]);
  chart.data.datasets = [
    {
      data: funnel.map(({ bits }) => bits ?? 0),
      backgroundColor: funnel.map(({ stage }) => (stage === "amplified" ? colours.teal : colours.muted)),
      barPercentage: 0.75,
      categoryPercentage: 0.95,
    },
  ];
  chart.options.scales = {
    x: { ...axis(colours, "", true), min: 0, max: Math.max(1, ...funnel.map(({ bits }) => bits ?? 0)) },
    y: axis(colours, "", false),
  };
}

function axis(colours: Palette, title: string, isNumbers: boolean): object {
  const font = { family: "system-ui, sans-serif", size: 11 };
  return {
    title: { display: title !== "", text: title, color: colours.muted, font },
    ticks: { color: colours.muted, font, ...(isNumbers ? { maxTicksLimit: 5 } : { autoSkip: title !== "" }) },
    grid: { color: colours.line, display: isNumbers },
    border: { color: colours.line },
  };
}
