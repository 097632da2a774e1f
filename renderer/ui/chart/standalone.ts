/** A picture of the page as SVG that is complete in itself: what stylesheets said of its shapes and words is now attributes. */

const SHAPE = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
] as const;

const WORDS = ['font-family', 'font-size', 'font-weight', 'paint-order'] as const;

/** What the hand left on it (crosshair, the surface that takes the pointer) is left out; without `words` also every word. */
export function standalone(
  svg: SVGSVGElement,
  { width, height, words }: { readonly width: number; readonly height: number; readonly words: boolean },
): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, index) => {
    const original = originals[index];
    if (original === undefined) return;
    const style = getComputedStyle(original);
    const isText = words && (original.nodeName === 'text' || original.nodeName === 'tspan');
    for (const property of isText ? [...SHAPE, ...WORDS] : SHAPE) {
      // The hatches and the like are named in attributes already; only what a stylesheet decides is copied.
      if (element.getAttribute(property)?.startsWith('url(') === true) continue;
      element.setAttribute(property, style.getPropertyValue(property));
    }
    element.removeAttribute('class');
    element.removeAttribute('style');
  });
  for (const element of copy.querySelectorAll(words ? '[data-transient]' : 'text, [data-transient]')) element.remove();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.removeAttribute('style');
  copy.removeAttribute('class');
  return copy;
}
