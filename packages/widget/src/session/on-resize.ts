/**
 * Tells of a change of size before the next picture is drawn, not while the page is being laid out: what is changed then may change
 * another size that is watched, which browsers report to the page as an error ("ResizeObserver loop").
 */
export function onResize(changed: (entry: ResizeObserverEntry) => void): ResizeObserver {
  let frame = 0;
  return new ResizeObserver((entries) => {
    const entry = entries.at(-1);
    cancelAnimationFrame(frame);
    if (entry !== undefined) frame = requestAnimationFrame(() => changed(entry));
  });
}
