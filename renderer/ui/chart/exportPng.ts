/**
 * The chart on screen as a PNG at twice its size. Shapes go through an SVG image with every computed style written out;
 * words are painted with the page's own fonts, which an SVG image cannot reach.
 */
import { pixels } from '../useSize.ts';
import { standalone } from './standalone.ts';

const SCALE = 2;
const MARGIN = 24;
const HEAD = 76;
const LEGEND_Y = 62;
const GLYPH = 16;
export async function chartPng(
  root: ParentNode,
  caption: { readonly title: string; readonly detail: string },
): Promise<Uint8Array> {
  const svg = root.querySelector<SVGSVGElement>('[data-chart] svg');
  if (svg === null) throw new Error('there is no chart on screen');
  const { width, height } = svg.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * MARGIN) * SCALE;
  canvas.height = (height + HEAD + MARGIN) * SCALE;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser gives no canvas');
  context.scale(SCALE, SCALE);
  const style = getComputedStyle(document.body);
  context.fillStyle = style.backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  paintHead(context, caption, style);
  await paintLegend(context, root, style);
  const image = await loadImage(shapes(svg, width, height));
  context.drawImage(image, MARGIN, HEAD, width, height);
  paintWords(context, svg);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('the picture is too large for this browser');
  return new Uint8Array(await blob.arrayBuffer());
}

function paintHead(
  context: CanvasRenderingContext2D,
  { title, detail }: { readonly title: string; readonly detail: string },
  style: CSSStyleDeclaration,
): void {
  context.textBaseline = 'alphabetic';
  context.fillStyle = style.color;
  context.font = `600 15px ${style.fontFamily}`;
  context.fillText(title, MARGIN, 26);
  context.font = `400 12px ${style.fontFamily}`;
  context.fillText(detail, MARGIN, 43);
}

/** What the marks mean: the legend's entries that are switched on. */
async function paintLegend(
  context: CanvasRenderingContext2D,
  root: ParentNode,
  style: CSSStyleDeclaration,
): Promise<void> {
  let x = MARGIN;
  context.font = `400 12px ${style.fontFamily}`;
  for (const entry of root.querySelectorAll<HTMLElement>('[data-legend][aria-checked=true]')) {
    const glyph = entry.querySelector('svg');
    if (glyph === null) continue;
    context.drawImage(await loadImage(shapes(glyph, GLYPH, GLYPH)), x, LEGEND_Y - 12, GLYPH, GLYPH);
    const words = Array.from(entry.querySelectorAll('span'), (part) => part.textContent).join(' ');
    context.fillText(words, x + GLYPH + 5, LEGEND_Y);
    x += GLYPH + 5 + context.measureText(words).width + 16;
  }
}

/** A picture without its words, as an image's source. */
function shapes(svg: SVGSVGElement, width: number, height: number): string {
  return new XMLSerializer().serializeToString(standalone(svg, { width, height, words: false }));
}

async function loadImage(source: string): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Every word at its place on the screen, with its halo where it has one. */
function paintWords(context: CanvasRenderingContext2D, svg: SVGSVGElement): void {
  const origin = svg.getBoundingClientRect();
  for (const text of svg.querySelectorAll('text')) {
    let x: number | null = null;
    for (const run of runsOf(text)) {
      const content = run.node.textContent ?? '';
      if (content === '' || text.getNumberOfChars() === 0) continue;
      const style = getComputedStyle(run.styled);
      const place = text.getStartPositionOfChar(0);
      const matrix = text.getScreenCTM();
      if (matrix === null) continue;
      const at = new DOMPoint(place.x, place.y).matrixTransform(matrix);
      x ??= at.x - origin.x + MARGIN;
      context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const y = at.y - origin.y + HEAD;
      if (style.paintOrder.startsWith('stroke')) {
        context.lineJoin = 'round';
        context.lineWidth = pixels(style.strokeWidth);
        context.strokeStyle = style.stroke;
        context.strokeText(content, x, y);
      }
      context.fillStyle = style.fill;
      context.fillText(content, x, y);
      x += context.measureText(content).width;
    }
  }
}

/** The pieces of a text that are styled apart. */
function runsOf(text: SVGTextElement): { readonly node: Node; readonly styled: Element }[] {
  return Array.from(text.childNodes)
    .filter((node) => node.nodeName !== 'title')
    .map((node) => ({ node, styled: node instanceof Element ? node : text }));
}
