/**
 * The chart on screen as an SVG file of its own: colours as they are in the theme, words as words with their fonts' names,
 * title, range and zone on top, and what the marks mean. It opens in any browser and can be drawn at any size.
 */
import { standalone } from './standalone.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';
const MARGIN = 24;
const HEAD = 76;
const LEGEND_Y = 62;
const GLYPH = 16;

export function chartSvg(root: ParentNode, caption: { readonly title: string; readonly detail: string }): Uint8Array {
  const svg = root.querySelector<SVGSVGElement>('[data-chart] svg');
  if (svg === null) throw new Error('there is no chart on screen');
  const { width, height } = svg.getBoundingClientRect();
  const style = getComputedStyle(document.body);
  const whole = { width: width + 2 * MARGIN, height: height + HEAD + MARGIN };
  const file = made('svg', {
    ...{ xmlns: NAMESPACE, width: whole.width, height: whole.height, role: 'img' },
    ...{
      viewBox: `0 0 ${whole.width} ${whole.height}`,
      'font-family': style.fontFamily,
      'font-variant': 'tabular-nums',
    },
  });
  const title = made('title', {});
  title.textContent = `${caption.title}. ${caption.detail}`;
  file.append(title, made('rect', { width: '100%', height: '100%', fill: style.backgroundColor }));
  file.append(words(caption.title, { x: MARGIN, y: 26, fill: style.color, 'font-size': 15, 'font-weight': 600 }));
  file.append(words(caption.detail, { x: MARGIN, y: 43, fill: style.color, 'font-size': 12 }));
  addLegend(file, root, style);
  const chart = standalone(svg, { width, height, words: true });
  chart.setAttribute('x', String(MARGIN));
  chart.setAttribute('y', String(HEAD));
  file.append(chart);
  return new TextEncoder().encode(`${new XMLSerializer().serializeToString(file)}\n`);
}

/** The legend's entries that are switched on. */
function addLegend(file: SVGElement, root: ParentNode, style: CSSStyleDeclaration): void {
  const measure = document.createElement('canvas').getContext('2d');
  if (measure !== null) measure.font = `400 12px ${style.fontFamily}`;
  let x = MARGIN;
  for (const entry of root.querySelectorAll<HTMLElement>('[data-legend][aria-checked=true]')) {
    const glyph = entry.querySelector('svg');
    if (glyph === null) continue;
    const shape = standalone(glyph, { width: GLYPH, height: GLYPH, words: false });
    shape.setAttribute('x', String(x));
    shape.setAttribute('y', String(LEGEND_Y - 12));
    const name = Array.from(entry.querySelectorAll('span'), (part) => part.textContent).join(' ');
    file.append(shape, words(name, { x: x + GLYPH + 5, y: LEGEND_Y, fill: style.color, 'font-size': 12 }));
    x += GLYPH + 5 + (measure?.measureText(name).width ?? name.length * 7) + 16;
  }
}

function words(text: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = made('text', attributes);
  element.textContent = text;
  return element;
}

function made(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute !== 'xmlns') element.setAttribute(attribute, String(value));
  }
  return element;
}
